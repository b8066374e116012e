using System.Globalization;
using Recollect.Connectors.Webhook.Files;

namespace Recollect.Connectors.Webhook.Imported;

/// <summary>A note of the program before that a conversation was sent, or, in its oldest form, how far a thread was sent.</summary>
internal sealed record ImportedEntry
{
    private const string IdTime = "yyyyMMddHHmmss";

    /// <summary>Gets the entry as it stands in the file.</summary>
    public required byte[] Raw { get; init; }

    /// <summary>Gets the workspace's id; null when the entry cannot be read.</summary>
    public required string? WorkspaceId { get; init; }

    /// <summary>Gets the thread's id.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Gets the conversation's id; null in the oldest form.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets when the conversation began, to the second; null in the oldest form.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when it was sent; null where it is not said.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>Gets, in the oldest form, when the last message of the thread was sent that the receiver got; to the end of the second where only that is known.</summary>
    public DateTimeOffset? ThreadSentUntil { get; init; }

    /// <summary>Gets what people know it by.</summary>
    public string Name => ConversationId ?? $"{WorkspaceId}/{ThreadId}";

    /// <summary>Reads an entry.</summary>
    /// <param name="raw">Valid JSON.</param>
    public static ImportedEntry Read(byte[] raw)
    {
        var unreadable = new ImportedEntry { Raw = raw, WorkspaceId = null, ThreadId = string.Empty };
        try
        {
            using var item = new ImportedItem(raw);
            var entry = unreadable with
            {
                WorkspaceId = item.Text("workspaceId") is { Length: > 0 } workspace ? workspace : null,
                ThreadId = ImportedThread.NameOf(item.Text("thread_id")),
                ConversationId = item.Text("conversationId") is { Length: > 0 } id ? id : null,
                ProcessedAt = item.Time("processedTime"),
            };
            entry = entry with { StartedAt = entry.StartInId(), ThreadSentUntil = entry.ConversationId is null ? EndOfSecond(item.Time("lastProcessedAt")) : null };
            return entry.StartedAt is null && entry.ThreadSentUntil is null ? unreadable : entry;
        }
        catch (InvalidOperationException) // a name with half a surrogate pair
        {
            return unreadable;
        }
    }

    /// <summary>Gets an entry of the oldest form without the texts of conversations in it.</summary>
    public ImportedEntry WithoutTexts()
    {
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteText("workspaceId", WorkspaceId ?? string.Empty);
            json.WriteText("thread_id", ThreadId);
            json.WriteText("lastProcessedAt", WebhookPayload.Time(ThreadSentUntil.GetValueOrDefault()));
            json.WriteEndObject();
        }

        return this with { Raw = buffer.ToArray() };
    }

    /// <summary>Reads the time behind the known beginning of the id: workspaces and threads may hold what divides them.</summary>
    private DateTimeOffset? StartInId()
    {
        var beginning = $"{WorkspaceId}_{ThreadId}_";
        if (WorkspaceId is null || ConversationId is null || !ConversationId.StartsWith(beginning, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = ConversationId.AsSpan(beginning.Length);
        var isPlain = rest.Length == IdTime.Length;
        var isNumbered = rest.Length > IdTime.Length + 1 && rest[IdTime.Length] == '_' && !rest[(IdTime.Length + 1)..].ContainsAnyExceptInRange('0', '9');
        return (isPlain || isNumbered)
            && DateTimeOffset.TryParseExact(rest[..IdTime.Length], IdTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
            ? start
            : null;
    }

    private static DateTimeOffset? EndOfSecond(DateTimeOffset? moment) =>
        moment is { } known && known.UtcTicks % TimeSpan.TicksPerSecond == 0 && known < DateTimeOffset.MaxValue.AddSeconds(-1) ? known.AddTicks(TimeSpan.TicksPerSecond - 1) : moment;
}
