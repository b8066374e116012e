using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>Names a row: neither number is ever given twice, and both grow from row to row.</summary>
/// <param name="Chunk">The chunk's running number in its partition.</param>
/// <param name="Memory">The memory's key.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct VectorKey(long Chunk, long Memory)
{
    /// <summary>How many bytes it takes.</summary>
    public const int Bytes = 2 * sizeof(long);
}
