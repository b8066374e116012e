using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Webhook.Imported;

/// <summary>What a conversation is recognised by.</summary>
internal sealed record SoughtConversation
{
    /// <summary>Gets the workspace's id as it is sent.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>Gets the thread's id as it is sent.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Gets the user as it is sent.</summary>
    public required string User { get; init; }

    /// <summary>Gets when the first message was sent.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when the last message was sent.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Gets the messages as they are sent, without blank ones; null where their text is not kept.</summary>
    public required IReadOnlyList<string>? Parts { get; init; }

    /// <summary>Gets the summary that is stored; null before one is.</summary>
    public string? Summary { get; init; }

    /// <summary>Makes it of a conversation.</summary>
    public static SoughtConversation Of(Conversation conversation) => Of(conversation.Thread, conversation.Messages, conversation.StartedAt, conversation.EndedAt, summary: null);

    /// <summary>Makes it of what is stored of a conversation.</summary>
    public static SoughtConversation Of(MemoryRecord record) => Of(record.Memory.Thread, record.Messages, record.Memory.StartedAt, record.Memory.EndedAt, record.Memory.Summary);

    /// <summary>Gets a value indicating whether a moment is that of the first message, to the second, or lies within the conversation.</summary>
    public bool Covers(DateTimeOffset? moment) =>
        moment is { } at && (SecondOf(at) == SecondOf(StartedAt) || (at >= StartedAt && at <= EndedAt));

    /// <summary>Gets the whole second that a moment lies in.</summary>
    public static DateTimeOffset SecondOf(DateTimeOffset moment) => moment.AddTicks(-(moment.UtcTicks % TimeSpan.TicksPerSecond));

    private static SoughtConversation Of(ThreadKey thread, IReadOnlyList<Message> messages, DateTimeOffset startedAt, DateTimeOffset endedAt, string? summary) => new()
    {
        WorkspaceId = thread.Workspace ?? string.Empty,
        ThreadId = thread.Thread,
        User = thread.Owner.User,
        StartedAt = startedAt,
        EndedAt = endedAt,
        Parts = messages.Count == 0 ? null : [.. messages.Select(WebhookPayload.Part).OfType<string>()],
        Summary = summary,
    };
}
