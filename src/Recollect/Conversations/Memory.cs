namespace Recollect.Conversations;

/// <summary>What is kept of one conversation.</summary>
public sealed record Memory
{
    /// <summary>Gets the id, which is the conversation's: there is one memory of a conversation, and a re-run overwrites it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the thread partition, which names the owner.</summary>
    public required ThreadKey Thread { get; init; }

    /// <summary>Gets when the first message was sent.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when the last message was sent.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Gets the source's title of the conversation; null when it gave none.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the summary; empty where the writer keeps the conversation verbatim only.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the verbatim content; null unless the writer keeps it.</summary>
    public string? Content { get; init; }

    /// <summary>Gets the facts, each with its citations.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>Gets the topics, most important first.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Gets free-form data of the writer as a JSON object; null when there is none.</summary>
    public string? Data { get; init; }

    /// <summary>Gets what the summary rests on; message ids of the conversation.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>Gets the ids of all messages of the conversation, in order; never empty.</summary>
    public required IReadOnlyList<string> MessageIds { get; init; }

    /// <summary>Gets what it was made from and how.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>Gets whose it is.</summary>
    public Owner Owner => Thread.Owner;
}
