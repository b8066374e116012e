namespace Recollect.Work;

/// <summary>A memory was made of a conversation as it is no more: messages that it rests on have changed or are gone.</summary>
public sealed class ConversationChangedException : RecollectException
{
    /// <summary>Initializes a new instance of the <see cref="ConversationChangedException"/> class.</summary>
    /// <param name="message">What changed, and what to do; no text of messages.</param>
    public ConversationChangedException(string message)
        : base(message, isTransient: false, innerException: null)
    {
    }
}
