using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>A block of rows in a file.</summary>
/// <param name="Body">Where its body begins.</param>
/// <param name="First">The number of its first row in the file.</param>
/// <param name="Rows">How many it has.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VectorBlock(long Body, int First, int Rows)
{
    /// <summary>Says whether a row of the file is one of it.</summary>
    public bool Has(int row) => (uint)(row - First) < (uint)Rows;
}
