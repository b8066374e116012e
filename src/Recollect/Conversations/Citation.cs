namespace Recollect.Conversations;

/// <summary>A message that a memory or a fact rests on, and where given the words of it.</summary>
public sealed record Citation
{
    /// <summary>Gets the id of the message, which is one of the conversation's.</summary>
    public required string MessageId { get; init; }

    /// <summary>Gets the exact words, a substring of the message's text; null when the whole message is meant.</summary>
    public string? Quote { get; init; }
}
