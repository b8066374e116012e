using Recollect.Conversations;

namespace Recollect.Memorize.Generation;

/// <summary>What a writer makes of a conversation, before it has a fingerprint and vectors.</summary>
public sealed record WrittenMemory
{
    /// <summary>Gets the summary; may be empty where <see cref="Content"/> is not.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the verbatim content; null unless the writer keeps it.</summary>
    public string? Content { get; init; }

    /// <summary>Gets the facts. Empty unless given.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Gets the topics, most important first. Empty unless given.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Gets free-form data as a JSON object; null when there is none.</summary>
    public string? Data { get; init; }

    /// <summary>Gets what the summary rests on; never empty.</summary>
    public required IReadOnlyList<Citation> Citations { get; init; }

    /// <summary>Gets a value indicating whether writing it handed the conversation to a receiver, which reports count as a delivery.</summary>
    public bool IsDelivered { get; init; }

    /// <summary>Gets how many statements and quotes were left out because no message of the conversation bears them out. Reports count them.</summary>
    public int Unverified { get; init; }

    /// <summary>Gets what it cost. Nothing unless given.</summary>
    public ModelUsage Usage { get; init; }
}
