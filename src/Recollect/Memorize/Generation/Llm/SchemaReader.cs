using System.Text.Json;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Reads the part of JSON Schema that replies are checked against, and refuses the rest: a keyword that nothing checks would promise what does not hold.</summary>
/// <param name="name">The schema's name or file, for errors.</param>
internal sealed class SchemaReader(string name)
{
    private const int DeepestLevel = 32;

    private static readonly string[] Kinds = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>Reads a schema.</summary>
    /// <exception cref="ConfigurationException">It holds what is not supported, or is no schema.</exception>
    public SchemaNode Read(JsonElement schema) => Read(schema, "$", level: 0);

    private SchemaNode Read(JsonElement schema, string path, int level)
    {
        if (level > DeepestLevel)
        {
            throw Wrong(path, "lies too deep");
        }

        if (schema.ValueKind is JsonValueKind.True)
        {
            return SchemaNode.Anything;
        }

        if (schema.ValueKind is not JsonValueKind.Object)
        {
            throw Wrong(path, "is no schema");
        }

        var node = SchemaNode.Anything;
        foreach (var keyword in schema.EnumerateObject())
        {
            node = Take(node, keyword, $"{path}.{keyword.Name}", level + 1);
        }

        var unknown = node.Required.FirstOrDefault(required => node.IsClosed && !node.Properties.ContainsKey(required));
        return unknown is null ? node : throw Wrong(path, $"requires \"{unknown}\", which it does not allow");
    }

    private SchemaNode Take(SchemaNode node, JsonProperty keyword, string path, int level)
    {
        var value = keyword.Value;
        return keyword.Name switch
        {
            "type" => node with { Types = TypesOf(value, path) },
            "properties" => node with { Properties = PropertiesOf(value, path, level) },
            "required" => node with { Required = TextsOf(value, path) },
            "additionalProperties" => value.ValueKind is JsonValueKind.False ? node with { IsClosed = true } : node with { Additional = Read(value, path, level) },
            "items" => node with { Items = Read(value, path, level) },
            "enum" => node with { Values = ItemsOf(value, path) },
            "const" => node with { Values = [value.Clone()] },
            "anyOf" => node with { AnyOf = [.. ItemsOf(value, path).Select((item, i) => Read(item, $"{path}[{i}]", level))] },
            "minItems" => node with { MinItems = CountOf(value, path) },
            "maxItems" => node with { MaxItems = CountOf(value, path) },
            "minLength" => node with { MinLength = CountOf(value, path) },
            "maxLength" => node with { MaxLength = CountOf(value, path) },
            "minimum" => node with { Minimum = NumberOf(value, path) },
            "maximum" => node with { Maximum = NumberOf(value, path) },
            "title" or "description" or "$schema" or "$id" or "$comment" or "examples" or "default" => node,
            _ => throw Wrong(path, "is not supported; known: type, properties, required, additionalProperties, items, enum, const, anyOf, minItems, maxItems, minLength, maxLength, minimum, maximum, title, description"),
        };
    }

    private string[] TypesOf(JsonElement value, string path)
    {
        var types = value.ValueKind is JsonValueKind.String ? new[] { value.GetString()! } : TextsOf(value, path);
        return types.Length > 0 && types.All(type => Kinds.Contains(type, StringComparer.Ordinal)) ? types : throw Wrong(path, $"must be of {string.Join(", ", Kinds)}");
    }

    private Dictionary<string, SchemaNode> PropertiesOf(JsonElement value, string path, int level)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw Wrong(path, "must be an object");
        }

        var properties = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            properties[property.Name] = Read(property.Value, $"{path}.{property.Name}", level);
        }

        if (properties.ContainsKey(CitedItem.Ids) && properties.TryGetValue(CitedItem.Quote, out var quote) && quote.FindMisfit(CitedItem.NoQuote) is not null)
        {
            throw Wrong($"{path}.{CitedItem.Quote}", "must allow null beside message_ids, because a quote that no message has is taken out");
        }

        return properties;
    }

    private string[] TextsOf(JsonElement value, string path) =>
        [.. ItemsOf(value, path).Select(item => item.ValueKind is JsonValueKind.String ? item.GetString()! : throw Wrong(path, "must be a list of strings"))];

    private JsonElement[] ItemsOf(JsonElement value, string path) =>
        value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 ? [.. value.EnumerateArray().Select(item => item.Clone())]
            : value.ValueKind is JsonValueKind.Array && path.EndsWith(".required", StringComparison.Ordinal) ? []
            : throw Wrong(path, "must be a list of at least one");

    private int CountOf(JsonElement value, string path) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : throw Wrong(path, "must be a whole number, not below 0");

    private double NumberOf(JsonElement value, string path) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Wrong(path, "must be a number");

    private ConfigurationException Wrong(string path, string what) => new($"{LlmOptions.SectionName}:Schema {name}: {path} {what}.");
}
