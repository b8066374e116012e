using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>A collection as the server tells of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The id, by which its records are reached; another one when it was removed and created again.</param>
/// <param name="Dimension">The dimensions of its vectors; null as long as it never had any.</param>
/// <param name="Space">How distances are measured.</param>
/// <param name="Tenant">The tenant of its memories, where it says so.</param>
internal sealed record Collection(string Name, string Id, int? Dimension, string Space, string? Tenant)
{
    /// <summary>The metadata with the tenant, in collections whose name does not say it.</summary>
    public const string TenantKey = "recollect_tenant";

    /// <summary>The metadata by which the space is chosen.</summary>
    public const string SpaceKey = "hnsw:space";

    /// <summary>The only space that can be used.</summary>
    public const string Cosine = "cosine";

    private const string DefaultSpace = "l2";

    /// <summary>Gets a value indicating whether similarities can be told from its distances.</summary>
    public bool IsCosine => string.Equals(Space, Cosine, StringComparison.Ordinal);

    /// <summary>Reads one.</summary>
    public static Collection Read(JsonElement json)
    {
        var id = JsonText.Of(json.GetProperty("id"));
        return new(
            JsonText.Of(json.GetProperty("name")),
            Guid.TryParse(id, out _) ? id : throw new FormatException("no id"), // it becomes a part of paths
            json.TryGetProperty("dimension", out var dimension) && dimension.ValueKind is JsonValueKind.Number ? dimension.GetInt32() : null,
            SpaceOf(json),
            Find(json, "metadata", TenantKey));
    }

    private static string SpaceOf(JsonElement json)
    {
        if (json.TryGetProperty("configuration_json", out var configuration) && configuration.ValueKind is JsonValueKind.Object)
        {
            return Find(configuration, "hnsw", "space") ?? Find(configuration, "spann", "space") ?? DefaultSpace;
        }

        return Find(json, "metadata", SpaceKey) ?? DefaultSpace;
    }

    private static string? Find(JsonElement json, string part, string key) =>
        json.TryGetProperty(part, out var found) && found.ValueKind is JsonValueKind.Object && found.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : null;
}
