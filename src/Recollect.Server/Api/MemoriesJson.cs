using System.ComponentModel;

namespace Recollect.Server.Api;

/// <summary>A page of memories, newest first.</summary>
internal sealed record MemoriesJson(
    IReadOnlyList<ListedMemoryJson> Memories,
    [property: Description("What to give as \"after\" for the next page; null on the last one.")] string? Next);
