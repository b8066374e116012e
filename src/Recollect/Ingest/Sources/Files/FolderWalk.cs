namespace Recollect.Ingest.Sources.Files;

/// <summary>Lists the files below a folder, in ordinal order and without hidden ones. A folder is entered once, however many links lead to it.</summary>
/// <param name="problems">Takes folders that cannot be opened and links that lead nowhere.</param>
internal sealed class FolderWalk(ICollection<UnreadableItem> problems)
{
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);

    /// <summary>Lists files as paths relative to <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="place">What people are told of it.</param>
    /// <param name="depth">How many levels of folders to enter; 1 is the folder itself.</param>
    /// <param name="isWanted">Chooses files by their relative path.</param>
    public IEnumerable<string> Files(string folder, string place, int depth, Func<string, bool> isWanted) =>
        Walk(folder, place, string.Empty, depth, isWanted);

    private IEnumerable<string> Walk(string folder, string place, string relative, int depth, Func<string, bool> isWanted)
    {
        if (depth == 0)
        {
            yield break;
        }

        foreach (var entry in Entries(Path.Join(folder, relative), Path.Join(place, relative)))
        {
            var path = Path.Join(relative, entry.Name);
            if (entry is DirectoryInfo)
            {
                foreach (var below in Walk(folder, place, path, depth - 1, isWanted))
                {
                    yield return below;
                }
            }
            else if (isWanted(path))
            {
                yield return path;
            }
        }
    }

    private FileSystemInfo[] Entries(string folder, string place)
    {
        try
        {
            return _entered.Add(RealPath.Of(folder))
                ? [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                    .Where(entry => !entry.Name.StartsWith('.') && !entry.Attributes.HasFlag(FileAttributes.Hidden))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal)]
                : [];
        }
        catch (Exception ex) when (IoReason.Covers(ex)) // the rest can still be read
        {
            problems.Add(new UnreadableItem(place, IoReason.Of(ex)));
            return [];
        }
    }
}
