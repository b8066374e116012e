namespace Recollect.Conversations;

/// <summary>A thread partition as the source tells it; one instance serves all its messages.</summary>
public sealed record SourceThread
{
    /// <summary>Gets the partition.</summary>
    public required ThreadKey Key { get; init; }

    /// <summary>Gets a value indicating whether the source gave the thread as one conversation, which is then never split.</summary>
    public bool IsConversation { get; init; }

    /// <summary>Gets when the source says that the conversation changed; null when it does not say.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Gets the source's title; null when it has none.</summary>
    public string? Title { get; init; }
}
