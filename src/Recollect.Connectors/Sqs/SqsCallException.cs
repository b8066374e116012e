namespace Recollect.Connectors.Sqs;

/// <summary>One call failed.</summary>
internal sealed class SqsCallException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="SqsCallException"/> class.</summary>
    /// <param name="code">What the service calls it.</param>
    /// <param name="message">What failed, where, and what to do.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">What lies behind it; null when there is nothing.</param>
    public SqsCallException(string code, string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => (Code, IsTransient) = (code, isTransient);

    /// <summary>Gets what the service calls it.</summary>
    public string Code { get; }

    /// <summary>Gets a value indicating whether the same call may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets how far the service's clock is before ours, where the signature was refused; null where that is not known.</summary>
    public TimeSpan? Skew { get; init; }

    /// <summary>Gets a value indicating whether the message is no longer ours: it comes, or came, to somebody else.</summary>
    public bool IsStale => Code is SqsErrors.Stale;
}
