namespace Recollect.Backups;

/// <summary>What a backup holds, and what was deleted after it was made.</summary>
/// <param name="File">The full path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Files">How many files are in it.</param>
/// <param name="Memories">How many memories are in it.</param>
/// <param name="Sessions">How many sessions are in it, archived ones among them.</param>
/// <param name="Missing">What is not in it and why, a sentence each.</param>
/// <param name="DeletedBackups">The older backups that were deleted, by name.</param>
/// <param name="DeletedSessions">How many sessions were deleted that had long become memories.</param>
public sealed record BackupReport(
    string File, long Bytes, int Files, long Memories, int Sessions, IReadOnlyList<string> Missing, IReadOnlyList<string> DeletedBackups, int DeletedSessions);
