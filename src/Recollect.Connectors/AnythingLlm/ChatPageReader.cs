using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Reads a page of chats from its JSON.</summary>
internal static class ChatPageReader
{
    /// <summary>How deep JSON may be nested: deeper than anything that AnythingLLM keeps of its sources.</summary>
    public static readonly JsonDocumentOptions Depth = new() { MaxDepth = 4096 };

    /// <summary>Reads it.</summary>
    /// <param name="answer">What the server gave.</param>
    /// <param name="offset">The index of the page.</param>
    /// <param name="now">What the clock shows.</param>
    /// <param name="call">The call, for the error.</param>
    /// <param name="failures">Describes the error.</param>
    /// <exception cref="ApiException">It is no page of chats.</exception>
    public static ChatPage Read(JsonElement answer, int offset, DateTimeOffset now, string call, ApiFailures failures)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("chats", out var chats) || chats.ValueKind is not JsonValueKind.Array)
        {
            throw failures.OfShape(call, "there is no list \"chats\"");
        }

        if (!answer.TryGetProperty("hasPages", out var hasPages) || hasPages.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw failures.OfShape(call, "\"hasPages\" is neither true nor false");
        }

        List<ChatRow> rows = [];
        List<UnreadableItem> unreadable = [];
        foreach (var (number, element) in chats.EnumerateArray().Index())
        {
            var fields = new ChatFields(element);
            if (fields.Read(now) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                unreadable.Add(new(fields.Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"chat {id}") : string.Create(CultureInfo.InvariantCulture, $"page {offset + 1}, row {number + 1}"), fields.Problem));
            }
        }

        return new()
        {
            Rows = rows,
            Unreadable = unreadable,
            HasPages = hasPages.ValueKind is JsonValueKind.True,
            Hash = Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(chats))),
        };
    }
}
