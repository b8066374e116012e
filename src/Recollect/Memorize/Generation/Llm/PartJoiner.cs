using System.Text.Json.Nodes;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Puts the lists of parts together; what is said twice stays once.</summary>
internal static class PartJoiner
{
    /// <summary>Joins the objects of parts.</summary>
    /// <param name="parts">The objects, in order.</param>
    /// <param name="schema">Their schema, whose fields are a summary and lists.</param>
    /// <param name="summary">The summary of the whole.</param>
    public static JsonObject Join(IReadOnlyList<JsonObject> parts, MemorySchema schema, string summary)
    {
        var whole = new JsonObject();
        foreach (var (name, node) in schema.Root.Properties)
        {
            if (string.Equals(name, schema.SummaryField, StringComparison.Ordinal))
            {
                whole[name] = summary;
            }
            else if (parts.Any(part => part.ContainsKey(name)))
            {
                whole[name] = new JsonArray([.. parts.SelectMany(part => part[name] as JsonArray ?? []).DistinctBy(KeyOf, StringComparer.OrdinalIgnoreCase).Take(node.MaxItems).Select(item => item?.DeepClone())]);
            }
        }

        return whole;
    }

    private static string KeyOf(JsonNode? item) => (item is JsonObject data ? data[CitedItem.Text] ?? item : item)?.ToJsonString() ?? string.Empty;
}
