using Recollect.Conversations;

namespace Recollect.Memorize.Stores;

/// <summary>A memory as a list shows it: without what may be long.</summary>
public sealed record MemorySummary
{
    /// <summary>Gets the memory's id.</summary>
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

    /// <summary>Gets the topics, most important first.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Gets the place in the list, after which the next page begins.</summary>
    public MemoryPlace Place => new(EndedAt, Id);

    /// <summary>Gets the summary of a memory.</summary>
    /// <param name="memory">The memory.</param>
    public static MemorySummary Of(Memory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return new()
        {
            Id = memory.Id,
            Thread = memory.Thread,
            StartedAt = memory.StartedAt,
            EndedAt = memory.EndedAt,
            Title = memory.Title,
            Summary = memory.Summary,
            Topics = memory.Topics,
        };
    }
}
