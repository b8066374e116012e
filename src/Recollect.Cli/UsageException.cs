namespace Recollect.Cli;

/// <summary>The command was called in a way that cannot work.</summary>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class UsageException(string message) : Exception(message);
