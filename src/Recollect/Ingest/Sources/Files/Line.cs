using System.Runtime.InteropServices;

namespace Recollect.Ingest.Sources.Files;

/// <summary>One line of a file.</summary>
/// <param name="Bytes">The line without its end; only valid until the next line is taken. Empty when it was too long.</param>
/// <param name="Number">Counted from 1.</param>
/// <param name="IsTooLong">Whether the line went over the limit and was skipped.</param>
/// <param name="IsUnfinished">Whether the file ended before the line did.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Line(ReadOnlyMemory<byte> Bytes, long Number, bool IsTooLong, bool IsUnfinished);
