namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The key of a message: its memory's key and its position, in one number.</summary>
internal static class MessageKey
{
    private const long Mask = (1L << MemorySchema.MessageBits) - 1;

    /// <summary>Gets the key of a memory's first message.</summary>
    public static long First(long memoryKey) => memoryKey << MemorySchema.MessageBits;

    /// <summary>Gets the highest key that a memory's messages can have.</summary>
    public static long Last(long memoryKey) => First(memoryKey) | Mask;

    /// <summary>Gets the memory of a message.</summary>
    public static long Memory(long key) => key >> MemorySchema.MessageBits;

    /// <summary>Gets the position of a message in its conversation.</summary>
    public static int Position(long key) => (int)(key & Mask);
}
