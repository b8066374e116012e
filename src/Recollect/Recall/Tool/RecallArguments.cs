using System.Globalization;
using System.Text.Json;

namespace Recollect.Recall.Tool;

/// <summary>The arguments of <c>recall_memory</c>.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Query">The question.</param>
/// <param name="User">Whose memories; null where none is named.</param>
/// <param name="Limit">How many at the most.</param>
internal sealed record RecallArguments(string Scope, string Query, string? User, int Limit)
{
    public const int DefaultLimit = 5;
    public const int MaxLimit = 50;

    /// <summary>Reads them as models write them: under either name, numbers also as text. What is not known is left alone, because some clients add their own.</summary>
    /// <exception cref="RecallException">One is missing, of the wrong type, or out of its range.</exception>
    public static RecallArguments Read(IDictionary<string, JsonElement>? arguments)
    {
        var given = arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        return new(
            RequiredText(given, "scope", "memory_type"),
            RequiredText(given, "query_summary", "query"),
            ReadUser(Find(given, "user_id")),
            ReadLimit(Find(given, "limit")));
    }

    private static JsonElement? Find(IDictionary<string, JsonElement> given, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (given.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                return value;
            }
        }

        return null;
    }

    private static string RequiredText(IDictionary<string, JsonElement> given, string name, string alias)
    {
        var value = Find(given, name, alias) ?? throw Wrong($"{name} is required.");
        var text = value.ValueKind == JsonValueKind.String ? Text(value, name) : throw Wrong($"{name} must be a text.");
        return !string.IsNullOrWhiteSpace(text) ? text : throw Wrong($"{name} must not be empty.");
    }

    private static string? ReadUser(JsonElement? value) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => Text(text, "user_id") is var user && !string.IsNullOrWhiteSpace(user) ? user : null,
        { ValueKind: JsonValueKind.Number } number when number.GetRawText() is var digits && digits.All(char.IsAsciiDigit) => digits,
        _ => throw Wrong("user_id must be a text or a whole number."),
    };

    private static int ReadLimit(JsonElement? value)
    {
        var number = value switch
        {
            null => DefaultLimit,
            { ValueKind: JsonValueKind.Number } given => Number(given.GetRawText()),
            { ValueKind: JsonValueKind.String } text => Number(Text(text, "limit")),
            _ => double.NaN,
        };
        return number is >= 1 and <= MaxLimit && double.IsInteger(number) ? (int)number : throw Wrong($"limit must be a whole number between 1 and {MaxLimit}.");
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Text(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // how half a surrogate pair is told
        {
            throw Wrong($"{name} is no well-formed Unicode text.");
        }
    }

    private static RecallException Wrong(string detail) => new(detail);
}
