using System.Text.Json;

namespace Recollect.Connectors;

/// <summary>Writes JSON schemas in the form that providers hold their models to: without bounds of lengths and numbers, which some refuse. They are checked in the reply.</summary>
internal static class WireSchema
{
    private static readonly string[] Bounds = ["minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "$schema", "$id", "$comment", "default", "examples"];

    /// <summary>Writes a schema.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Bounds.Contains(keyword.Name, StringComparer.Ordinal)))
        {
            json.WritePropertyName(keyword.Name);
            WriteKeyword(json, keyword);
        }

        json.WriteEndObject();
    }

    /// <summary>Tells whether providers can hold a model to the schema strictly: every object is closed and all of its fields are required.</summary>
    public static bool IsStrict(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        var isObject = schema.TryGetProperty("type", out var type) && type.ToString().Contains("object", StringComparison.Ordinal);
        if (isObject && !IsClosed(schema))
        {
            return false;
        }

        return (!schema.TryGetProperty("properties", out var properties) || properties.EnumerateObject().All(property => IsStrict(property.Value)))
            && (!schema.TryGetProperty("items", out var items) || IsStrict(items))
            && (!schema.TryGetProperty("anyOf", out var anyOf) || anyOf.EnumerateArray().All(IsStrict));
    }

    private static bool IsClosed(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind is JsonValueKind.False
        && schema.TryGetProperty("properties", out var properties)
        && schema.TryGetProperty("required", out var required)
        && properties.EnumerateObject().All(property => required.EnumerateArray().Any(name => name.ValueEquals(property.Name)));

    private static void WriteKeyword(Utf8JsonWriter json, JsonProperty keyword)
    {
        switch (keyword.Name)
        {
            case "properties":
                json.WriteStartObject();
                foreach (var property in keyword.Value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case "anyOf":
                json.WriteStartArray();
                foreach (var alternative in keyword.Value.EnumerateArray())
                {
                    Write(json, alternative);
                }

                json.WriteEndArray();
                break;
            case "items" or "additionalProperties":
                Write(json, keyword.Value);
                break;
            default:
                keyword.Value.WriteTo(json);
                break;
        }
    }
}
