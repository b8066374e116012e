using Recollect.Recall;

namespace Recollect.Server.Api;

/// <summary>A recalled memory.</summary>
internal sealed record RecalledMemoryJson
{
    public required string Id { get; init; }

    public required double Score { get; init; }

    public required double? Similarity { get; init; }

    public required string UserId { get; init; }

    public required string Scope { get; init; }

    public required string ConversationId { get; init; }

    public required string? Workspace { get; init; }

    public required string Thread { get; init; }

    public required string? Title { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required string Summary { get; init; }

    public required string? Content { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public required IReadOnlyList<CitationJson> Citations { get; init; }

    public static RecalledMemoryJson From(RecalledMemory found) => new()
    {
        Id = found.Memory.Id,
        Score = Math.Round(found.Score, 6),
        Similarity = found.Similarity is { } similarity ? Math.Round(similarity, 6) : null,
        UserId = found.Memory.Owner.User,
        Scope = found.Memory.Owner.Scope,
        ConversationId = found.Memory.Id,
        Workspace = found.Memory.Thread.Workspace,
        Thread = found.Memory.Thread.Thread,
        Title = found.Memory.Title,
        StartedAt = found.Memory.StartedAt,
        EndedAt = found.Memory.EndedAt,
        Summary = found.Memory.Summary,
        Content = found.Memory.Content,
        Topics = found.Memory.Topics,
        Citations = [.. found.Citations.Select(message => new CitationJson(message.Id, message.Role, message.SentAt, message.Text))],
    };
}
