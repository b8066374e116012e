using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A set of memories that are visible together.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Version">How often it was changed.</param>
/// <param name="Messages">How many messages of its memories are kept.</param>
/// <param name="LastChunk">The running number that was given to a chunk last; none is given twice.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Partition(long Id, long Version, long Messages, long LastChunk);
