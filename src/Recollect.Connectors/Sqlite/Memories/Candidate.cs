using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A memory, or a part of one, with its score.</summary>
/// <param name="Score">Higher is better.</param>
/// <param name="MemoryKey">The memory.</param>
/// <param name="First">The position of the first message that is meant.</param>
/// <param name="Last">The position of the last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Candidate(double Score, long MemoryKey, int First, int Last);
