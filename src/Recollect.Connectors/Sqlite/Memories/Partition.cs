using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A set of memories that are visible together.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Version">How often it was changed.</param>
/// <param name="Memories">How many memories it has.</param>
/// <param name="Messages">How many messages of them are kept.</param>
/// <param name="AllMemories">How many memories all partitions have.</param>
/// <param name="AllMessages">How many messages all partitions have.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Partition(long Id, long Version, long Memories, long Messages, long AllMemories, long AllMessages);
