using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Text;

namespace Recollect.Sessions.Files;

/// <summary>Reads and writes the two kinds of files; fields of other programs are kept.</summary>
internal static class SessionJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a session.</summary>
    /// <param name="json">The content of the file.</param>
    /// <param name="id">The name of its folder, which is its id whatever the file says.</param>
    /// <param name="storagePath">Where it lies in the archive; null: it does not.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Session ReadSession(ReadOnlySpan<byte> json, string id, string? storagePath)
    {
        var fields = Parse(json);
        var created = Time(fields, "created_at") ?? Time(fields, "last_active") ?? throw new FormatException("created_at is no time");
        return new()
        {
            Id = id,
            Chat = Text(fields, "whatsapp_chat") is { } chat && !string.IsNullOrWhiteSpace(chat) ? chat : throw new FormatException("whatsapp_chat is missing"),
            MessageIds = (fields["message_ids"] as JsonArray ?? []).Select(Text).OfType<string>().Distinct(StringComparer.Ordinal).ToArray(),
            CreatedAt = created,
            LastActive = Time(fields, "last_active") ?? created,
            EndedAt = Time(fields, "ended_at"),
            TotalTokens = fields["total_tokens"] is JsonValue tokens && tokens.TryGetValue(out long count) ? count : 0,
            IsTransferred = Flag(fields, "transferred_to_longterm") ?? false,
            StoragePath = storagePath,
        };
    }

    /// <summary>Writes a session over what its file held before.</summary>
    public static byte[] Write(Session session, ReadOnlySpan<byte> before)
    {
        var fields = Before(before);
        fields["session_id"] = session.Id;
        fields["whatsapp_chat"] = session.Chat;
        fields["message_ids"] = new JsonArray([.. session.MessageIds.Select(static id => (JsonNode)id)]);
        fields["message_counter"] = session.MessageIds.Count;
        fields["created_at"] = Time(session.CreatedAt);
        fields["last_active"] = Time(session.LastActive);
        fields["total_tokens"] = session.TotalTokens;
        fields["transferred_to_longterm"] = session.IsTransferred;
        fields["storage_path"] = session.StoragePath;
        if (session.EndedAt is { } ended)
        {
            fields["ended_at"] = Time(ended);
        }

        return Bytes(fields);
    }

    /// <summary>Reads a message.</summary>
    /// <param name="json">The content of the file.</param>
    /// <param name="id">Its id, as the session or the file's name has it.</param>
    /// <param name="session">The session that it lies in.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static SessionMessage ReadMessage(ReadOnlySpan<byte> json, string? id, string session)
    {
        var fields = Parse(json);
        var sent = Time(fields, "timestamp") ?? Time(fields, "received_at") ?? throw new FormatException("timestamp is no time");
        return new()
        {
            Id = id ?? Text(fields, "message_id") ?? throw new FormatException("message_id is missing"),
            SessionId = session,
            Role = Text(fields, "role") ?? throw new FormatException("role is missing"),
            Text = Text(fields, "content") ?? "",
            Sender = Text(fields, "sender") ?? "",
            Recipient = Text(fields, "recipient") ?? "",
            SenderName = Text(fields, "sender_name"),
            SentAt = sent,
            ReceivedAt = Time(fields, "received_at") ?? sent,
            Order = fields["order_num"] is JsonValue order && order.TryGetValue(out int number) ? number : 0,
            ExternalId = Text(fields, "external_id"),
            IsAnswered = Flag(fields, "answered") ?? true,
            IsSent = Flag(fields, "is_sent") ?? true, // another program that kept an answer had sent it
        };
    }

    /// <summary>Gets the id of a message that the file itself names; null when it names none.</summary>
    public static string? MessageId(ReadOnlySpan<byte> json) => Text(Parse(json), "message_id");

    /// <summary>Writes a message over what its file held before.</summary>
    public static byte[] Write(SessionMessage message, ReadOnlySpan<byte> before)
    {
        var fields = Before(before);
        fields["message_id"] = message.Id;
        fields["chat_id"] = message.SessionId; // the name before, which every version of the original reads
        fields["session_id"] = message.SessionId;
        fields["role"] = message.Role;
        fields["content"] = message.Text;
        fields["sender"] = message.Sender;
        fields["recipient"] = message.Recipient;
        fields["timestamp"] = Time(message.SentAt);
        fields["received_at"] = Time(message.ReceivedAt);
        fields["was_received"] = true;
        fields["order_num"] = message.Order;
        fields.TryAdd("image_path", null);
        fields["answered"] = message.IsAnswered;
        fields["is_sent"] = message.IsSent;
        if (message.SenderName is { } name)
        {
            fields["sender_name"] = name;
        }

        if (message.ExternalId is { } external)
        {
            fields["external_id"] = external;
        }

        return Bytes(fields);
    }

    private static byte[] Bytes(JsonObject fields) => Encoding.UTF8.GetBytes(fields.ToJsonString(Readable));

    private static JsonObject Before(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.IsEmpty ? [] : Parse(json);
        }
        catch (FormatException) // it is replaced whole
        {
            return [];
        }
    }

    private static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var bom = "\uFEFF"u8;
            var fields = JsonNode.Parse(json.StartsWith(bom) ? json[bom.Length..] : json) as JsonObject ?? throw new FormatException("it is no JSON object");
            _ = fields.Count; // finds a name that is there twice
            return fields;
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException)
        {
            throw new FormatException("it is no JSON", ex);
        }
    }

    private static string? Text(JsonObject fields, string name) => Text(fields[name]);

    private static string? Text(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException) // half of a character is escaped in it
        {
            return null;
        }
    }

    private static bool? Flag(JsonObject fields, string name) => fields[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    private static DateTimeOffset? Time(JsonObject fields, string name) =>
        Text(fields, name) is { } text && Moment.Read(Encoding.UTF8.GetBytes(text), out var moment) is null ? moment : null;

    private static string Time(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
}
