using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A chunk that can be among the nearest.</summary>
/// <param name="Key">The chunk.</param>
/// <param name="Memory">Its memory.</param>
/// <param name="Bounds">What its code tells.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FoundChunk(long Key, long Memory, CodeBounds Bounds);
