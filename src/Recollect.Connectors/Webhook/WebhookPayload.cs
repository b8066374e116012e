using System.Globalization;
using System.Text.Json.Serialization;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Webhook;

/// <summary>What is posted of one conversation: these fields, in this order, and no others.</summary>
internal sealed record WebhookPayload(
    [property: JsonPropertyName("conversation")] string Conversation,
    [property: JsonPropertyName("workspaceID")] string WorkspaceId,
    [property: JsonPropertyName("threadID")] string ThreadId,
    [property: JsonPropertyName("user")] string User,
    [property: JsonPropertyName("createdAt")] string CreatedAt,
    [property: JsonPropertyName("workspace")] string Workspace,
    [property: JsonPropertyName("summary")] string Summary)
{
    private const string DefaultWorkspace = "Default Workspace";

    /// <summary>Makes the payload of a conversation, with an empty summary.</summary>
    public static WebhookPayload Of(Conversation conversation) => Of(conversation.Thread, conversation.Messages, conversation.StartedAt);

    /// <summary>Makes the payload of what is stored of a conversation, with its summary.</summary>
    /// <param name="record">The memory; without messages the text is empty.</param>
    /// <param name="data">What is kept beside it; null when another writer wrote it.</param>
    public static WebhookPayload Of(MemoryRecord record, WebhookData? data)
    {
        var payload = Of(record.Memory.Thread, record.Messages, record.Memory.StartedAt);
        return payload with { CreatedAt = data?.CreatedAt ?? payload.CreatedAt, Workspace = data?.Workspace ?? payload.Workspace, Summary = record.Memory.Summary };
    }

    /// <summary>Writes messages as the receiver reads them: <c>User: …</c> and <c>Assistant: …</c>, trimmed, a blank line between, empty ones left out.</summary>
    public static string Text(IEnumerable<Message> messages) => string.Join("\n\n", messages.Select(Part).OfType<string>());

    /// <summary>Writes one message; null where it is blank.</summary>
    public static string? Part(Message message) => message.Text.Trim() is { Length: > 0 } text ? $"{Speaker(message.Role)}: {text}" : null;

    /// <summary>Writes a time as the receiver knows it: <c>2025-04-19T22:02:43.004Z</c>.</summary>
    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static WebhookPayload Of(ThreadKey thread, IReadOnlyList<Message> messages, DateTimeOffset startedAt)
    {
        var metadata = messages.Count > 0 ? messages[0].Metadata : null;
        return new(
            Text(messages),
            thread.Workspace ?? string.Empty,
            thread.Thread,
            thread.Owner.User,
            metadata?.GetValueOrDefault("created_at") ?? Time(startedAt),
            metadata?.GetValueOrDefault("workspace") ?? thread.Workspace ?? DefaultWorkspace,
            Summary: string.Empty);
    }

    private static string Speaker(string role) => role switch
    {
        Roles.User => "User",
        Roles.Assistant => "Assistant",
        _ => role.Length > 0 ? char.ToUpperInvariant(role[0]) + role[1..] : "User",
    };
}
