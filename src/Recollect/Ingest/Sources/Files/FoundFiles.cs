namespace Recollect.Ingest.Sources.Files;

/// <summary>What the configured paths lead to.</summary>
/// <param name="Files">Each file once, in ordinal order of its path.</param>
/// <param name="Problems">Paths that lead nowhere and folders that cannot be opened.</param>
internal sealed record FoundFiles(IReadOnlyList<FoundFile> Files, IReadOnlyList<UnreadableItem> Problems);
