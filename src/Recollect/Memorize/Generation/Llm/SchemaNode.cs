using System.Globalization;
using System.Text.Json;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>A JSON schema, or a part of one, that replies are checked against.</summary>
/// <remarks>Findings name places of the schema and numbers, never text of a reply.</remarks>
internal sealed record SchemaNode
{
    /// <summary>A schema that takes everything.</summary>
    public static readonly SchemaNode Anything = new();

    /// <summary>Gets the kinds that a value may have; empty: any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Gets the fields of an object that have a schema.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);

    /// <summary>Gets the fields that an object must have.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Gets a value indicating whether there may be no other fields.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Gets the schema of other fields; null: anything.</summary>
    public SchemaNode? Additional { get; init; }

    /// <summary>Gets the schema of the items of an array; null: anything.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>Gets the values that are allowed; null: any.</summary>
    public IReadOnlyList<JsonElement>? Values { get; init; }

    /// <summary>Gets the schemas of which one must fit; empty: none needs to.</summary>
    public IReadOnlyList<SchemaNode> AnyOf { get; init; } = [];

    /// <summary>Gets the fewest items of an array.</summary>
    public int MinItems { get; init; }

    /// <summary>Gets the most items of an array.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>Gets the shortest string, in characters.</summary>
    public int MinLength { get; init; }

    /// <summary>Gets the longest string, in characters.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Gets the smallest number.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Gets the largest number.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Finds the first thing that does not fit.</summary>
    /// <param name="value">A value.</param>
    /// <param name="path">Where it stands, <c>$</c> at the top.</param>
    /// <returns>A clause such as <c>$.facts[0] lacks "text"</c>; null where all fits.</returns>
    public string? FindMisfit(JsonElement value, string path = "$")
    {
        if (Types.Count > 0 && !Types.Any(type => Is(value, type)))
        {
            return $"{path} must be of type {string.Join(" or ", Types)}, not {KindOf(value)}";
        }

        if (Values is { } values && !values.Any(allowed => JsonElement.DeepEquals(allowed, value)))
        {
            return $"{path} is none of the {values.Count.ToString(CultureInfo.InvariantCulture)} values that are allowed";
        }

        if (AnyOf.Count > 0 && AnyOf.All(alternative => alternative.FindMisfit(value, path) is not null))
        {
            return $"{path} fits none of its alternatives";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => FindInObject(value, path),
            JsonValueKind.Array => FindInArray(value, path),
            JsonValueKind.String => FindInString(value, path),
            JsonValueKind.Number => FindInNumber(value, path),
            _ => null,
        };
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Floor(number) == number,
        _ => string.Equals(KindOf(value), type, StringComparison.Ordinal),
    };

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private string? FindInObject(JsonElement value, string path)
    {
        foreach (var name in Required)
        {
            if (!value.TryGetProperty(name, out _))
            {
                return $"{path} lacks \"{name}\"";
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            var known = Properties.GetValueOrDefault(property.Name);
            var misfit = known is not null ? known.FindMisfit(property.Value, $"{path}.{property.Name}")
                : IsClosed ? $"{path} has a field beside {string.Join(", ", Properties.Keys)}"
                : (Additional ?? Anything).FindMisfit(property.Value, $"{path}.*"); // its name is text of the reply
            if (misfit is not null)
            {
                return misfit;
            }
        }

        return null;
    }

    private string? FindInArray(JsonElement value, string path)
    {
        var count = value.GetArrayLength();
        if (count < MinItems || count > MaxItems)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{path} has {count} items, {(count < MinItems ? $"fewer than {MinItems}" : $"more than {MaxItems}")}");
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if ((Items ?? Anything).FindMisfit(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]")) is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }

    private string? FindInString(JsonElement value, string path)
    {
        if (MinLength == 0 && MaxLength == int.MaxValue)
        {
            return null;
        }

        var length = Text.JsonText.Of(value).EnumerateRunes().Count();
        return length < MinLength ? string.Create(CultureInfo.InvariantCulture, $"{path} is shorter than {MinLength} characters")
            : length > MaxLength ? string.Create(CultureInfo.InvariantCulture, $"{path} is longer than {MaxLength} characters")
            : null;
    }

    private string? FindInNumber(JsonElement value, string path) =>
        !value.TryGetDouble(out var number) || !double.IsFinite(number) ? $"{path} is no number that can be kept"
            : number < Minimum ? string.Create(CultureInfo.InvariantCulture, $"{path} is less than {Minimum}")
            : number > Maximum ? string.Create(CultureInfo.InvariantCulture, $"{path} is more than {Maximum}")
            : null;
}
