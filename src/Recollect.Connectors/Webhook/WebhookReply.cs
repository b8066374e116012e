using System.Text.Json;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Connectors.Webhook;

/// <summary>What a receiver answered: <c>{"Memory":"…","Status":"true"}</c> in any case of letters, or nothing.</summary>
/// <param name="Memory">The summary; empty where none was given.</param>
/// <param name="Status">The status as given; null where none was.</param>
internal sealed record WebhookReply(string Memory, string? Status)
{
    private static readonly WebhookReply Empty = new(string.Empty, Status: null);

    /// <summary>Gets a value indicating whether the receiver says that it could not remember the conversation.</summary>
    public bool IsFailure => string.Equals(Status?.Trim(), "false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the body of an answer.</summary>
    /// <param name="body">The body; empty or blank is an answer too.</param>
    /// <returns>Null when it is neither empty nor of a known shape.</returns>
    public static WebhookReply? Read(ReadOnlyMemory<byte> body)
    {
        body = WithoutMark(body);
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Empty;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException) // no JSON, or a name with half a surrogate pair
        {
            return null;
        }
    }

    private static WebhookReply? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new(TextOf(element, "Memory") ?? string.Empty, TextOf(element, "Status")),
        JsonValueKind.Array when element.GetArrayLength() == 1 => Of(element[0]), // a flow that answers with its items
        JsonValueKind.Array when element.GetArrayLength() == 0 => Empty,
        JsonValueKind.Null => Empty,
        JsonValueKind.String when string.IsNullOrWhiteSpace(JsonText.Of(element)) => Empty,
        _ => null,
    };

    private static string? TextOf(JsonElement element, string name)
    {
        var found = element.EnumerateObject().LastOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
        return found.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => WellFormedText.Of(JsonText.Of(found)),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => WellFormedText.Of(found.GetRawText()),
        };
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
