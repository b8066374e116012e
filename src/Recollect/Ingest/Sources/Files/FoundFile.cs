namespace Recollect.Ingest.Sources.Files;

/// <summary>A file to read.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Place">What people are told: the path as they gave it, followed by what was found below it.</param>
/// <param name="Length">Its size in bytes when it was found.</param>
internal sealed record FoundFile(string Path, string Place, long Length);
