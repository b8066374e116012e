using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.Neo4j;

/// <summary>One row of an answer. A field that is missing or of another kind than asked for is an <see cref="InvalidOperationException"/> or the like.</summary>
internal readonly struct QueryRow
{
    private readonly Dictionary<string, int> _places;
    private readonly JsonElement _values;

    private QueryRow(Dictionary<string, int> places, JsonElement values) => (_places, _values) = (places, values);

    /// <summary>Gets the rows of an answer. Early servers gave the only row of an answer without the list around it.</summary>
    public static IEnumerable<QueryRow> Of(JsonElement answer)
    {
        if (!answer.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object || !data.TryGetProperty("values", out var values))
        {
            throw new FormatException("no data");
        }

        var places = data.GetProperty("fields").EnumerateArray().Select((field, place) => (Name: JsonText.Of(field), place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        var isFlat = values.GetArrayLength() == places.Count && values.EnumerateArray().Any(value => value.ValueKind is not JsonValueKind.Array);
        return isFlat && values.GetArrayLength() > 0 ? [new(places, values)] : values.EnumerateArray().Select(row => new QueryRow(places, row)).ToArray();
    }

    /// <summary>Gets a value.</summary>
    public JsonElement this[string name] => _values[_places[name]];

    /// <summary>Says whether there is nothing.</summary>
    public bool IsNull(string name) => this[name].ValueKind is JsonValueKind.Null;

    /// <summary>Gets a text.</summary>
    public string Text(string name) => JsonText.Of(this[name]);

    /// <summary>Gets a text; null where there is none.</summary>
    public string? TextOrNull(string name) => IsNull(name) ? null : Text(name);

    /// <summary>Gets a whole number; a fallback where there is none.</summary>
    public long Number(string name, long otherwise = 0) => IsNull(name) ? otherwise : this[name].TryGetInt64(out var number) ? number : (long)this[name].GetDouble();

    /// <summary>Gets a number.</summary>
    public double Fraction(string name) => this[name].GetDouble();

    /// <summary>Gets an instant that was kept as ticks.</summary>
    public DateTimeOffset Instant(string name) => new(this[name].GetInt64(), TimeSpan.Zero);

    /// <summary>Gets a list of texts; empty where there is none.</summary>
    public string[] Texts(string name) => IsNull(name) ? [] : [.. this[name].EnumerateArray().Where(text => text.ValueKind is JsonValueKind.String).Select(JsonText.Of)];

    /// <summary>Gets a vector; empty where there is none, or something else than a list of numbers.</summary>
    public float[] Vector(string name) =>
        this[name].ValueKind is not JsonValueKind.Array || this[name].EnumerateArray().Any(value => value.ValueKind is not JsonValueKind.Number)
            ? []
            : [.. this[name].EnumerateArray().Select(value => value.GetSingle())];
}
