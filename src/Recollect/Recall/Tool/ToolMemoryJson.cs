namespace Recollect.Recall.Tool;

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

    public required IReadOnlyList<ToolCitationJson> Citations { get; init; }

    public static ToolMemoryJson From(RecalledMemory found)
    {
        var memory = found.Memory;
        return new()
        {
            Id = memory.Id,
            UserId = memory.Owner.User,
            Scope = memory.Owner.Scope,
            Content = string.IsNullOrWhiteSpace(memory.Summary) ? memory.Content ?? string.Empty : memory.Summary,
            Score = found.Similarity is { } similarity ? Math.Round(similarity, 6) : null,
            ConversationId = memory.Id,
            StartedAt = memory.StartedAt,
            EndedAt = memory.EndedAt,
            Citations = [.. found.Citations.Select(message => new ToolCitationJson(message.Id, message.Role, message.SentAt, message.Text))],
        };
    }
}
