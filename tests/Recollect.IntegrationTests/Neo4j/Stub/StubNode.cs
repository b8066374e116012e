using System.Text.Json;

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>A <c>:Memory</c> node.</summary>
internal sealed class StubNode
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    private readonly Dictionary<string, JsonElement> _properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal); // read once: there may be many nodes to look through

    /// <summary>Gets the names of its properties.</summary>
    public IEnumerable<string> Names => _properties.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gets a property; null where it has none.</summary>
    public JsonElement this[string name] => _properties.GetValueOrDefault(name, Nothing);

    /// <summary>Makes a node from JSON, as another program would.</summary>
    public static StubNode Of(string json)
    {
        var node = new StubNode();
        node.Set(JsonDocument.Parse(json).RootElement);
        return node;
    }

    /// <summary>Sets properties; null removes one.</summary>
    public void Set(JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            Set(property.Name, property.Value);
        }
    }

    /// <summary>Sets a property; null removes it.</summary>
    public void Set(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null)
        {
            _properties.Remove(name);
            _texts.Remove(name);
        }
        else
        {
            _properties[name] = value.Clone();
            _texts.Remove(name);
            if (value.ValueKind is JsonValueKind.String)
            {
                _texts[name] = value.GetString()!;
            }
        }
    }

    public bool Has(string name) => _properties.ContainsKey(name);

    public bool Is(string name, string? value) => _texts.TryGetValue(name, out var found) && string.Equals(found, value, StringComparison.Ordinal);

    public string? Text(string name) => _texts.TryGetValue(name, out var text) ? text : _properties.TryGetValue(name, out var found) ? found.ToString() : null;

    public long Number(string name) => _properties.TryGetValue(name, out var found) ? found.GetInt64() : 0;

    public double[] Vector(string name) => _properties.TryGetValue(name, out var found) ? [.. found.EnumerateArray().Select(value => value.GetDouble())] : [];
}
