using Recollect.Recall;

namespace Recollect.Server.Api;

/// <summary>The JSON of <c>recall --by conversation</c>.</summary>
internal sealed record RecalledMemoriesJson(IReadOnlyList<RecalledMemoryJson> Memories)
{
    public static RecalledMemoriesJson From(IReadOnlyList<RecalledMemory> found) => new([.. found.Select(RecalledMemoryJson.From)]);
}
