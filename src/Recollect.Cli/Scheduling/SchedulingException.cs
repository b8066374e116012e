namespace Recollect.Cli.Scheduling;

/// <summary>A program of the system refused, or could not be reached.</summary>
/// <param name="message">Which, what it said, and what to do.</param>
internal sealed class SchedulingException(string message) : RecollectException(message, isTransient: false, innerException: null);
