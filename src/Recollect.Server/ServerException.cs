namespace Recollect.Server;

/// <summary>The server cannot listen.</summary>
/// <param name="message">Where, why, and what to do.</param>
/// <param name="innerException">The system's error.</param>
public sealed class ServerException(string message, Exception innerException) : RecollectException(message, isTransient: true, innerException);
