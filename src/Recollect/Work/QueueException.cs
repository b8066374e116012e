namespace Recollect.Work;

/// <summary>A broker refused or could not be reached.</summary>
public sealed class QueueException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="QueueException"/> class.</summary>
    /// <param name="message">What failed, where, and what to do; no body of a message and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    public QueueException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, isTransient, innerException)
    {
    }
}
