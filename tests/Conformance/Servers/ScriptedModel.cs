using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recollect.Conformance.Servers;

/// <summary>Makes of a request what an obedient model would: an object of the schema with words, ids and quotes of the transcript. The same every time.</summary>
public static class ScriptedModel
{
    private const int LongestQuote = 60;

    /// <summary>Makes a reply.</summary>
    public static string Reply(ChatCall call)
    {
        var lines = call.Material.Select(Parse).OfType<(string Id, string Text)>().ToArray();
        var said = lines.Where(line => !string.IsNullOrWhiteSpace(line.Text)).DefaultIfEmpty(("m1", "nothing")).ToArray();
        return (call.Schema ?? call.SchemaInPrompt) is { } schema ? Make(schema, string.Empty, said)!.ToJsonString() : "yes";
    }

    private static JsonNode? Make(JsonElement schema, string name, (string Id, string Text)[] said) => TypeOf(schema) switch
    {
        "object" => new JsonObject(schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Make(property.Value, property.Name, said)))
            : [KeyValuePair.Create<string, JsonNode?>("comment", Clip(said[0].Text))]),
        "array" when name is "message_ids" => new JsonArray(said[0].Id),
        "array" => new JsonArray(Make(schema.GetProperty("items"), name, said)),
        "number" => JsonValue.Create(0.5),
        "string" when name is "quote" => JsonValue.Create(Clip(said[0].Text)),
        "string" when name is "summary" => JsonValue.Create($"It begins with {Clip(said[0].Text)} and ends with {Clip(said[^1].Text)}"),
        "string" => JsonValue.Create($"{name}: {Clip(said[^1].Text)}"),
        _ => null,
    };

    private static string? TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? null : type.ValueKind is JsonValueKind.Array ? type[0].GetString() : type.GetString();

    private static string Clip(string text)
    {
        var length = Math.Min(text.Length, LongestQuote);
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static (string Id, string Text)? Parse(string line)
    {
        if (line.StartsWith('{')) // what was made of a part before
        {
            return ("m1", JsonNode.Parse(line)!.AsObject().Select(property => property.Value).OfType<JsonValue>().FirstOrDefault()?.ToString() ?? string.Empty);
        }

        var colon = line.IndexOf(": \"", StringComparison.Ordinal);
        return line.StartsWith('m') && colon > 0 ? (line[..line.IndexOf(' ', StringComparison.Ordinal)], JsonSerializer.Deserialize<string>(line[(colon + 2)..])!) : null;
    }
}
