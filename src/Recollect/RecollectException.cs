namespace Recollect;

/// <summary>The world outside failed: a source, model, store or disk. Each seam has its own kind.</summary>
public abstract class RecollectException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="RecollectException"/> class.</summary>
    /// <param name="message">What failed, where, and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    protected RecollectException(string message, bool isTransient, Exception? innerException)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Gets a value indicating whether trying again may help.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets how long the other side asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
