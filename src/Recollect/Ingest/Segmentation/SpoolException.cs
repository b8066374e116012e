namespace Recollect.Ingest.Segmentation;

/// <summary>Messages that do not fit in memory could not be kept on disk either.</summary>
/// <param name="message">What failed, where, and what to do.</param>
/// <param name="innerException">The error of the file system.</param>
public sealed class SpoolException(string message, Exception innerException) : RecollectException(message, isTransient: true, innerException);
