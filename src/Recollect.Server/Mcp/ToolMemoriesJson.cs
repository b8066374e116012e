namespace Recollect.Server.Mcp;

/// <summary>The structured content of <c>recall_memory</c>, best first.</summary>
internal sealed record ToolMemoriesJson(IReadOnlyList<ToolMemoryJson> Memories);
