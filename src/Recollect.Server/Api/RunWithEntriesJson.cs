namespace Recollect.Server.Api;

/// <summary>A run, and the conversations that were made or failed in it.</summary>
internal sealed record RunWithEntriesJson(RunJson Run, IReadOnlyList<RunEntryJson> Entries);
