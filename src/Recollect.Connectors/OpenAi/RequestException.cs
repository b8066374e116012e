namespace Recollect.Connectors.OpenAi;

/// <summary>One request failed; <see cref="RequestPacker"/> tells each of those whose texts were in it.</summary>
internal sealed class RequestException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="RequestException"/> class.</summary>
    /// <param name="message">What failed, where, and what to do; no text of messages and no secrets.</param>
    /// <param name="isTransient">Whether the same request may succeed later.</param>
    /// <param name="innerException">What lies behind it; null when there is nothing.</param>
    public RequestException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Gets a value indicating whether the same request may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets how long the server asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether one of the texts may be at fault, and the others may be taken without it.</summary>
    public bool MayBeOneText { get; init; }

    /// <summary>Gets a value indicating whether the texts never left.</summary>
    public bool IsUnsent { get; init; }
}
