using System.Text.Json;

namespace Recollect.Conformance.Servers;

/// <summary>One request to a model.</summary>
/// <param name="Path">The path and query.</param>
/// <param name="Headers">The headers, by lower-case name.</param>
/// <param name="Body">The body.</param>
/// <param name="Number">The number of the request, from 1.</param>
public sealed record ChatCall(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body, int Number)
{
    private const string SchemaSign = "The JSON schema of the reply:\n";

    /// <summary>Gets a value indicating whether it speaks Anthropic's Messages API.</summary>
    public bool IsMessages => Path.Contains("/messages", StringComparison.Ordinal);

    /// <summary>Gets what the model shall do.</summary>
    public string System => IsMessages
        ? Body.TryGetProperty("system", out var system) ? system.GetString()! : string.Empty
        : Body.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").ValueEquals("system")).Select(message => message.GetProperty("content").GetString()!).SingleOrDefault(string.Empty);

    /// <summary>Gets what the model shall do it with.</summary>
    public string User => Body.GetProperty("messages").EnumerateArray().Last(message => message.GetProperty("role").ValueEquals("user")).GetProperty("content").GetString()!;

    /// <summary>Gets a value indicating whether the reply shall be sent while it is made.</summary>
    public bool Streams => Body.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;

    /// <summary>Gets the form that is asked for: <c>json_schema</c>, <c>json_object</c>; null for none.</summary>
    public string? Format => FormatElement is { } format ? format.GetProperty("type").GetString() : null;

    /// <summary>Gets the schema that is asked for; null for none.</summary>
    public JsonElement? Schema => FormatElement is { } format && Format is "json_schema" ? IsMessages ? format.GetProperty("schema") : format.GetProperty("json_schema").GetProperty("schema") : null;

    /// <summary>Gets the schema that the prompt holds; null where it holds none.</summary>
    public JsonElement? SchemaInPrompt => System.IndexOf(SchemaSign, StringComparison.Ordinal) is >= 0 and var at ? JsonElement.Parse(System[(at + SchemaSign.Length)..]) : null;

    /// <summary>Gets the most tokens of the reply; null where nothing is said.</summary>
    public int? MaxTokens => Body.TryGetProperty("max_completion_tokens", out var newer) ? newer.GetInt32() : Body.TryGetProperty("max_tokens", out var older) ? older.GetInt32() : null;

    /// <summary>Gets the lines between the markers.</summary>
    public IReadOnlyList<string> Material
    {
        get
        {
            var lines = User.Split('\n');
            var begin = Array.FindIndex(lines, line => line.StartsWith("BEGIN ", StringComparison.Ordinal));
            var end = begin < 0 ? -1 : Array.IndexOf(lines, string.Concat("END", lines[begin].AsSpan(5)));
            return begin < 0 ? [] : lines[(begin + 1)..end];
        }
    }

    private JsonElement? FormatElement =>
        !IsMessages ? Body.TryGetProperty("response_format", out var format) ? format : null
            : Body.TryGetProperty("output_config", out var config) ? config.GetProperty("format") : null;
}
