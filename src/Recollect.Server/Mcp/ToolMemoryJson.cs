using Recollect.Recall;
using Recollect.Server.Api;

namespace Recollect.Server.Mcp;

/// <summary>A memory as <c>recall_memory</c> gives it.</summary>
internal sealed record ToolMemoryJson
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string Scope { get; init; }

    /// <summary>Gets the summary; the verbatim content where the writer makes no summary.</summary>
    public required string Content { get; init; }

    /// <summary>Gets null: a place that the tool before this one had for curated memories.</summary>
    public string? Key { get; init; }

    /// <summary>Gets null, likewise.</summary>
    public double? Confidence { get; init; }

    /// <summary>Gets the cosine of question and memory; null where they cannot be compared. The order is that of the whole ranking.</summary>
    public required double? Score { get; init; }

    public required string ConversationId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required IReadOnlyList<CitationJson> Citations { get; init; }

    public static ToolMemoryJson From(RecalledMemory found)
    {
        var memory = RecalledMemoryJson.From(found);
        return new()
        {
            Id = memory.Id,
            UserId = memory.UserId,
            Scope = memory.Scope,
            Content = string.IsNullOrWhiteSpace(memory.Summary) ? memory.Content ?? string.Empty : memory.Summary,
            Score = memory.Similarity,
            ConversationId = memory.ConversationId,
            StartedAt = memory.StartedAt,
            EndedAt = memory.EndedAt,
            Citations = memory.Citations,
        };
    }
}
