using System.Runtime.InteropServices;

namespace Recollect.Ingest.Sources.Files;

/// <summary>One element of a JSON array.</summary>
/// <param name="Bytes">Its text, which need not be valid; only valid until the next element is taken. Empty when it was too long.</param>
/// <param name="Number">Counted from 1.</param>
/// <param name="IsTooLong">Whether it went over the limit and was skipped.</param>
/// <param name="IsUnfinished">Whether the file ended before the array did; nothing follows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ArrayElement(ReadOnlyMemory<byte> Bytes, long Number, bool IsTooLong, bool IsUnfinished);
