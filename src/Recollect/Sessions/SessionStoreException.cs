namespace Recollect.Sessions;

/// <summary>Sessions could not be read or kept.</summary>
public sealed class SessionStoreException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="SessionStoreException"/> class.</summary>
    /// <param name="message">What failed, where, and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    public SessionStoreException(string message, bool isTransient, Exception? innerException = null)
        : base(message, isTransient, innerException)
    {
    }
}
