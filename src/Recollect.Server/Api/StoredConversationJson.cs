using Recollect.Memorize.Stores;

namespace Recollect.Server.Api;

/// <summary>The messages that are kept of a conversation, in order.</summary>
internal sealed record StoredConversationJson
{
    public required string ConversationId { get; init; }

    public required string UserId { get; init; }

    public required string Scope { get; init; }

    public required string? Workspace { get; init; }

    public required string Thread { get; init; }

    public required string? Title { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required IReadOnlyList<StoredMessageJson> Messages { get; init; }

    public static StoredConversationJson From(MemoryRecord record) => new()
    {
        ConversationId = record.Memory.Id,
        UserId = record.Memory.Owner.User,
        Scope = record.Memory.Owner.Scope,
        Workspace = record.Memory.Thread.Workspace,
        Thread = record.Memory.Thread.Thread,
        Title = record.Memory.Title,
        StartedAt = record.Memory.StartedAt,
        EndedAt = record.Memory.EndedAt,
        Messages = [.. record.Messages.Select(message => new StoredMessageJson(message.Id, message.Role, message.Author, message.SentAt, message.Text))],
    };
}
