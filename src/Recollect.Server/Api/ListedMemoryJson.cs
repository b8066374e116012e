using Recollect.Memorize.Stores;

namespace Recollect.Server.Api;

/// <summary>A memory as a list shows it.</summary>
internal sealed record ListedMemoryJson
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string Scope { get; init; }

    public required string ConversationId { get; init; }

    public required string? Workspace { get; init; }

    public required string Thread { get; init; }

    public required string? Title { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public static ListedMemoryJson From(MemorySummary memory) => new()
    {
        Id = memory.Id,
        UserId = memory.Thread.Owner.User,
        Scope = memory.Thread.Owner.Scope,
        ConversationId = memory.Id,
        Workspace = memory.Thread.Workspace,
        Thread = memory.Thread.Thread,
        Title = memory.Title,
        StartedAt = memory.StartedAt,
        EndedAt = memory.EndedAt,
        Summary = memory.Summary,
        Topics = memory.Topics,
    };
}
