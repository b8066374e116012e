using System.Runtime.InteropServices;

namespace Recollect.Cli.Evaluation;

/// <summary>Names one message of all that are stored: ids of messages are unique within their thread only.</summary>
/// <param name="MemoryId">The memory of its conversation.</param>
/// <param name="MessageId">Its id.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessagePlace(string MemoryId, string MessageId);
