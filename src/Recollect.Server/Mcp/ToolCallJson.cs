using System.ComponentModel;
using System.Text.Json;

namespace Recollect.Server.Mcp;

/// <summary>A call of a tool without the protocol around it.</summary>
internal sealed record ToolCallJson
{
    [Description("The tool: recall_memory.")]
    public required string Name { get; init; }

    [Description("Its arguments: scope, query_summary, user_id and limit.")]
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }
}
