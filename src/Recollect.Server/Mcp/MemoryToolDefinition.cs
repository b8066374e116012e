using ModelContextProtocol.Protocol;
using Recollect.Recall.Tool;

namespace Recollect.Server.Mcp;

/// <summary>How <c>recall_memory</c> is described to clients of the Model Context Protocol.</summary>
internal static class MemoryToolDefinition
{
    public const string Name = RecallTool.Name;

    /// <summary>Makes the definition.</summary>
    public static Tool Create() => new()
    {
        Name = Name,
        Title = "Recall memory",
        Description = RecallTool.Description,
        InputSchema = RecallTool.InputSchema,
        OutputSchema = RecallTool.OutputSchema,
        Annotations = new() { Title = "Recall memory", ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };
}
