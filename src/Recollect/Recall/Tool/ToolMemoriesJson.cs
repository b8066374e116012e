using System.Text.Json;

namespace Recollect.Recall.Tool;

/// <summary>The structured content of <c>recall_memory</c>, best first.</summary>
internal sealed record ToolMemoriesJson(IReadOnlyList<ToolMemoryJson> Memories)
{
    /// <summary>Writes what was found.</summary>
    public static byte[] Write(IEnumerable<RecalledMemory> found) =>
        JsonSerializer.SerializeToUtf8Bytes(new([.. found.Select(ToolMemoryJson.From)]), ToolJson.Readable.ToolMemoriesJson);
}
