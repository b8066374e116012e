using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace Recollect.Server.Mcp;

/// <summary>The result of a tool, in the words of the Model Context Protocol.</summary>
internal sealed record ToolResultJson
{
    public required IReadOnlyList<ToolTextJson> Content { get; init; }

    [JsonPropertyName("structuredContent")]
    public required JsonElement? StructuredContent { get; init; }

    [JsonPropertyName("isError")]
    public required bool IsError { get; init; }

    public static ToolResultJson From(CallToolResult result) => new()
    {
        Content = [.. result.Content.OfType<TextContentBlock>().Select(block => new ToolTextJson("text", block.Text))],
        StructuredContent = result.StructuredContent,
        IsError = result.IsError ?? false,
    };
}
