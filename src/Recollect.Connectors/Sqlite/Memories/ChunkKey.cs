namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The key of a chunk: its partition and a running number, in one number, so that what is searched together lies together.</summary>
internal static class ChunkKey
{
    private const long Mask = (1L << MemorySchema.ChunkBits) - 1;

    /// <summary>Gets the lowest key of a partition.</summary>
    public static long First(long partition) => partition << MemorySchema.ChunkBits;

    /// <summary>Gets the highest key of a partition.</summary>
    public static long Last(long partition) => First(partition) | Mask;

    /// <summary>Gets the running number of a chunk in its partition.</summary>
    public static long Number(long key) => key & Mask;
}
