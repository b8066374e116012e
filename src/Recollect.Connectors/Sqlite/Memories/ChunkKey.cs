namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The key of a chunk: its partition and a running number, in one number, so that what is searched together lies together.</summary>
internal static class ChunkKey
{
    private const long Mask = (1L << MemorySchema.ChunkBits) - 1;

    /// <summary>Gets the lowest key of a partition.</summary>
    public static long First(long partition) => partition << MemorySchema.ChunkBits;

    /// <summary>Gets the highest key of a partition.</summary>
    public static long Last(long partition) => First(partition) | Mask;

    /// <summary>Gets the key after the last one of a partition.</summary>
    public static long Next(SqliteSession session, long partition) =>
        1 + (session.Query("SELECT max(key) FROM chunks WHERE key BETWEEN ?1 AND ?2").With(First(partition)).With(Last(partition)).Number() ?? First(partition));
}
