namespace Recollect.Transfer;

/// <summary>What an import did.</summary>
/// <param name="Imported">Memories stored.</param>
/// <param name="Unchanged">Memories that were there already, equal or newer.</param>
/// <param name="Forgotten">Memories left out because they were forgotten, or their user was after they were sent.</param>
/// <param name="Unreadable">Lines that could not be read, with their number and the reason; the first 100.</param>
/// <param name="UnreadableCount">How many lines could not be read.</param>
public sealed record ImportReport(long Imported, long Unchanged, long Forgotten, IReadOnlyList<string> Unreadable, long UnreadableCount);
