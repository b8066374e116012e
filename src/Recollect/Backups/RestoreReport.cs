namespace Recollect.Backups;

/// <summary>What was restored.</summary>
/// <param name="CreatedAt">When the backup was begun.</param>
/// <param name="Memories">Memories that were stored.</param>
/// <param name="MemoriesThere">Memories that were there already, equal or newer.</param>
/// <param name="Sessions">Sessions that were put back, archived ones among them.</param>
/// <param name="SessionsThere">Sessions that were there already and stay as they are.</param>
/// <param name="Forgotten">Memories and sessions that were left out because their user was forgotten.</param>
/// <param name="Unreadable">Memories and sessions that could not be read and were left out.</param>
/// <param name="State">Whether the state was put back: runs, tombstones, what is owed.</param>
/// <param name="Files">Log files and other files that were put back.</param>
/// <param name="Notes">What was not put back and why, a sentence each.</param>
public sealed record RestoreReport(
    DateTimeOffset CreatedAt, long Memories, long MemoriesThere, int Sessions, int SessionsThere, long Forgotten, long Unreadable, bool State, int Files, IReadOnlyList<string> Notes);
