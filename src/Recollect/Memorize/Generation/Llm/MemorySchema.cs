using System.Text.Json;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>The shape that a reply must have.</summary>
internal sealed class MemorySchema
{
    /// <summary>The names of the schemas that are shipped.</summary>
    public static readonly IReadOnlyList<string> Shipped = ["recollect", "curiosity-v1", "curiosity-v2", "curiosity-v3"];

    /// <summary>The fields of which the first that is there becomes the summary, in this order.</summary>
    private static readonly string[] SummaryNames = ["summary", "conversation_summary", "typical_observation"];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private MemorySchema(JsonElement element, SchemaNode root)
    {
        (Element, Root, Text) = (element, root, JsonSerializer.Serialize(element, Compact));
        SummaryField = SummaryNames.FirstOrDefault(name => root.Properties.TryGetValue(name, out var node) && node.Types.Contains("string", StringComparer.Ordinal));
        IsJoinable = SummaryField is "summary" or "conversation_summary" && root.Properties.All(property => string.Equals(property.Key, SummaryField, StringComparison.Ordinal) || (property.Value.Types is ["array"] && property.Value.MinItems == 0))
            && root.Properties.Count > 1 && root.IsClosed;
    }

    /// <summary>Gets the schema of a merged summary.</summary>
    public static MemorySchema OfSummary { get; } = Read("summary", PromptText.Shipped("Schemas/summary.json"));

    /// <summary>Gets the schema as JSON.</summary>
    public JsonElement Element { get; }

    /// <summary>Gets what replies are checked against.</summary>
    public SchemaNode Root { get; }

    /// <summary>Gets the schema as one line of text.</summary>
    public string Text { get; }

    /// <summary>Gets the field that becomes the summary; null where there is none.</summary>
    public string? SummaryField { get; }

    /// <summary>Gets a value indicating whether parts are joined by putting their lists together, so that only the summary is written anew.</summary>
    public bool IsJoinable { get; }

    /// <summary>Gets the schema of a name, or of a file.</summary>
    /// <param name="nameOrPath">One of <see cref="Shipped"/>, or a path.</param>
    /// <exception cref="ConfigurationException">It cannot be read, is no schema of an object, or holds what is not supported.</exception>
    public static MemorySchema Load(string nameOrPath)
    {
        if (Shipped.Contains(nameOrPath, StringComparer.OrdinalIgnoreCase))
        {
            return Read(nameOrPath, PromptText.Shipped($"Schemas/{nameOrPath.ToLowerInvariant()}.json"));
        }

        return nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(nameOrPath)
            ? Read(nameOrPath, PromptText.ReadFile(nameOrPath, nameof(LlmOptions.Schema)))
            : throw new ConfigurationException($"{LlmOptions.SectionName}:Schema is \"{nameOrPath}\"; known: {string.Join(", ", Shipped)}, or the path of a JSON schema.");
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="name">Its name or file, for errors.</param>
    /// <param name="json">Its text; comments and trailing commas are allowed.</param>
    /// <exception cref="ConfigurationException">It is no schema of an object, or holds what is not supported.</exception>
    public static MemorySchema Read(string name, string json)
    {
        try
        {
            var element = JsonElement.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false });
            var root = new SchemaReader(name).Read(element);
            return root.Types is ["object"] ? new(element, root) : throw new ConfigurationException($"{LlmOptions.SectionName}:Schema {name}: the type at the top must be \"object\".");
        }
        catch (JsonException ex)
        {
            throw new ConfigurationException($"{LlmOptions.SectionName}:Schema {name} is no JSON: {ex.Message}");
        }
    }
}
