namespace Recollect.Runs;

/// <summary>Another process is in the middle of a run over the same data.</summary>
/// <param name="message">Which, as far as it is known.</param>
public sealed class RunInProgressException(string message) : RecollectException(message, isTransient: true, innerException: null);
