namespace Recollect.Memorize.Embedding;

/// <summary>An embedder failed or gave a vector that must not be stored.</summary>
public sealed class EmbeddingException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="EmbeddingException"/> class.</summary>
    /// <param name="message">What failed and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether trying again may help.</param>
    /// <param name="innerException">The driver's error; null when there is none.</param>
    public EmbeddingException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, isTransient, innerException)
    {
    }

    /// <summary>Gets what the failed calls cost all the same.</summary>
    public EmbeddingUsage Usage { get; init; }

    /// <summary>Gets a value indicating whether no call was made because the run may not spend that much: no fault of the conversation.</summary>
    internal bool IsOverBudget { get; init; }

    /// <summary>Gets the same failure with another cost.</summary>
    internal EmbeddingException With(EmbeddingUsage usage) =>
        new(Message, IsTransient, this) { Usage = usage, RetryAfter = RetryAfter, IsOverBudget = IsOverBudget };
}
