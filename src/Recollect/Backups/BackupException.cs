namespace Recollect.Backups;

/// <summary>A backup cannot be made, read or restored.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="innerException">The cause; null when there is none.</param>
public sealed class BackupException(string message, Exception? innerException = null) : RecollectException(message, isTransient: false, innerException);
