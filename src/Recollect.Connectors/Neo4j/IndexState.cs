using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.Neo4j;

/// <summary>An index of the database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, such as <c>VECTOR</c> or <c>RANGE</c>.</param>
/// <param name="State"><c>ONLINE</c>, <c>POPULATING</c> or <c>FAILED</c>.</param>
/// <param name="Properties">The properties of <c>:Memory</c> that it holds; empty where it is on something else.</param>
/// <param name="IsConstraint">Whether a constraint owns it.</param>
/// <param name="Dimensions">The dimensions of a vector index; null where it says none.</param>
/// <param name="Similarity">The similarity of a vector index; null where it says none.</param>
internal sealed record IndexState(string Name, string Type, string State, IReadOnlyList<string> Properties, bool IsConstraint, long? Dimensions, string? Similarity)
{
    private const string Online = "ONLINE";
    private const string Failed = "FAILED";

    /// <summary>Gets a value indicating whether it can be used.</summary>
    public bool IsOnline => string.Equals(State, Online, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets a value indicating whether it never will.</summary>
    public bool IsFailed => string.Equals(State, Failed, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets a value indicating whether it makes sessions unique.</summary>
    public bool IsSessionConstraint => IsConstraint && Properties is ["source_session"];

    /// <summary>Gets a value indicating whether it holds the conversations' vectors; there is at most one such.</summary>
    public bool IsOfVectors => string.Equals(Type, "VECTOR", StringComparison.OrdinalIgnoreCase) && Properties is ["embedding", ..];

    /// <summary>Reads one.</summary>
    public static IndexState Read(QueryRow row)
    {
        var config = row["options"] is { ValueKind: JsonValueKind.Object } options && options.TryGetProperty("indexConfig", out var found) ? found : default;
        return new(
            row.Text("name"),
            row.Text("type"),
            row.Text("state"),
            row.Texts("labelsOrTypes") is ["Memory"] ? row.Texts("properties") : [],
            !row.IsNull("owningConstraint"),
            Option(config, "vector.dimensions") is { ValueKind: JsonValueKind.Number } number ? (long)number.GetDouble() : null,
            Option(config, "vector.similarity_function") is { ValueKind: JsonValueKind.String } text ? JsonText.Of(text) : null);
    }

    private static JsonElement? Option(JsonElement config, string name) =>
        config.ValueKind is JsonValueKind.Object && config.TryGetProperty(name, out var value) ? value : null;
}
