using System.Text.Json;
using Recollect.Bots;
using Recollect.Text;

namespace Recollect.Connectors.WhatsApp;

/// <summary>Reads what <c>receiveNotification</c> gives.</summary>
internal static class NotificationReader
{
    private const string Incoming = "incomingMessageReceived";
    private const string Undecryptable = "{{SWE001}}"; // a text that WhatsApp itself could not read
    private const string GroupSuffix = "@g.us";
    private const int LongestId = 512;

    /// <summary>Reads a notification. One that is no message, or none that can be read, is to be acknowledged all the same.</summary>
    /// <param name="answer">The answer; an object with <c>receiptId</c> and <c>body</c>.</param>
    /// <returns>The notice; null when there is nothing to acknowledge it with.</returns>
    public static ChannelNotice? Read(JsonElement answer)
    {
        var receipt = Field(answer, "receiptId") is { ValueKind: JsonValueKind.Number or JsonValueKind.String } id ? id.ToString() : string.Empty;
        if (receipt.Length is 0 or > LongestId || !receipt.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var body = Field(answer, "body");
        var kind = Text(body, "typeWebhook");
        return new(receipt, Shown(kind), string.Equals(kind, Incoming, StringComparison.Ordinal) ? Message(body) : null);
    }

    private static ChannelMessage? Message(JsonElement body)
    {
        var sender = Field(body, "senderData");
        var (chat, id) = (Text(sender, "chatId"), Text(body, "idMessage"));
        if (string.IsNullOrWhiteSpace(chat) || string.IsNullOrWhiteSpace(id) || chat.Length > LongestId || id.Length > LongestId)
        {
            return null;
        }

        return new()
        {
            Id = id,
            Chat = chat,
            Sender = Text(sender, "sender") is { Length: > 0 and <= LongestId } person ? person : chat,
            IsGroup = chat.EndsWith(GroupSuffix, StringComparison.Ordinal),
            SentAt = Moment(Field(body, "timestamp")),
            Text = TextOf(Field(body, "messageData")),
        };
    }

    private static string? TextOf(JsonElement data)
    {
        var text = Text(data, "typeMessage") switch
        {
            "textMessage" => Text(Field(data, "textMessageData"), "textMessage"),
            "extendedTextMessage" or "quotedMessage" => Text(Field(data, "extendedTextMessageData"), "text"),
            _ => null,
        };
        return text is null || text.Contains(Undecryptable, StringComparison.Ordinal) ? null : text;
    }

    /// <summary>Seconds since 1970; what is none lies at its beginning, and whoever reads it takes the time of receipt.</summary>
    private static DateTimeOffset Moment(JsonElement seconds) =>
        seconds.ValueKind is JsonValueKind.Number && seconds.TryGetInt64(out var value) && value is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(value)
            : DateTimeOffset.UnixEpoch;

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.String } value ? JsonText.Of(value) : null;

    private static string Shown(string? kind) =>
        kind is { Length: > 0 and <= 64 } && kind.All(char.IsAsciiLetterOrDigit) ? kind : "unknown";
}
