using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Makes JSON that every store keeps exactly: no half of a surrogate pair, no NUL, neither in texts nor in names.</summary>
internal static class WellFormedJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Copies an object.</summary>
    public static JsonObject Of(JsonElement element)
    {
        var copy = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            copy[WellFormedText.Of(NameOf(property))] = Copy(property.Value);
        }

        return copy;
    }

    /// <summary>Writes an object in one line.</summary>
    public static string Print(JsonObject data) => data.ToJsonString(Readable);

    private static JsonNode? Copy(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Of(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Copy)]),
        JsonValueKind.String => JsonValue.Create(WellFormedText.Of(JsonText.Of(element))),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element),
    };

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            return "\uFFFD";
        }
    }
}
