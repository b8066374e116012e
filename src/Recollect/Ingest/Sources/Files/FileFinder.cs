using Microsoft.Extensions.FileSystemGlobbing;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Turns files, folders and globs into a list of files that depends on nothing but what is there.</summary>
internal sealed class FileFinder
{
    private static readonly string[] Extensions = [".jsonl", ".ndjson", ".json", ".txt"];

    private readonly List<(string Path, string Place)> _found = [];
    private readonly List<UnreadableItem> _problems = [];

    private FileFinder()
    {
    }

    /// <summary>Finds the files.</summary>
    /// <param name="paths">Files, folders and globs.</param>
    public static FoundFiles Find(IEnumerable<string> paths)
    {
        var finder = new FileFinder();
        foreach (var path in paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            finder.Add(path);
        }

        return new FoundFiles(finder.Distinct(), finder._problems);
    }

    private void Add(string path)
    {
        var before = _found.Count + _problems.Count;
        var missing = "does not exist";
        if (File.Exists(path))
        {
            _found.Add((Path.GetFullPath(path), path));
        }
        else if (Directory.Exists(path))
        {
            AddBelow(path, int.MaxValue, relative => Extensions.Contains(Path.GetExtension(relative), StringComparer.OrdinalIgnoreCase));
            missing = $"holds no {string.Join(", ", Extensions.Select(extension => $"*{extension}"))} file";
        }
        else if (path.Contains('*', StringComparison.Ordinal))
        {
            AddGlob(path);
            missing = "matches no file";
        }

        if (before == _found.Count + _problems.Count)
        {
            _problems.Add(new UnreadableItem(path, missing));
        }
    }

    private void AddGlob(string path)
    {
        var slash = path.LastIndexOf('/', path.IndexOf('*', StringComparison.Ordinal));
        var folder = slash < 0 ? "." : path[..(slash + 1)];
        var pattern = path[(slash + 1)..];
        if (!Directory.Exists(folder))
        {
            return;
        }

        var matcher = new Matcher(OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase).AddInclude(pattern);
        var depth = pattern.Contains("**", StringComparison.Ordinal) ? int.MaxValue : pattern.Split('/').Length;
        AddBelow(folder, depth, relative => matcher.Match(relative).HasMatches);
    }

    private void AddBelow(string folder, int depth, Func<string, bool> isWanted)
    {
        var full = Path.GetFullPath(folder);
        var place = folder is "." ? string.Empty : folder;
        foreach (var relative in new FolderWalk(_problems).Files(full, place, depth, isWanted))
        {
            _found.Add((Path.Join(full, relative), Path.Join(place, relative)));
        }
    }

    private List<FoundFile> Distinct()
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        List<FoundFile> files = [];
        foreach (var (path, place) in _found.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            try
            {
                var real = new FileInfo(RealPath.Of(path));
                if (known.Add(real.FullName))
                {
                    files.Add(new FoundFile(path, place, real.Length));
                }
            }
            catch (Exception ex) when (IoReason.Covers(ex)) // the rest can still be read
            {
                _problems.Add(new UnreadableItem(place, IoReason.Of(ex)));
            }
        }

        return files;
    }
}
