using Recollect.Memorize.Stores;

namespace Recollect.Transfer;

/// <summary>One line of an archive.</summary>
/// <param name="Format">The version of the format, <c>recollect/1</c>.</param>
/// <param name="Record">The memory with all that is kept beside it.</param>
internal sealed record ArchiveLine(string Format, MemoryRecord Record);
