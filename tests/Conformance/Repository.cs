namespace Recollect.Conformance;

/// <summary>The files of the repository that the tests were built from.</summary>
public static class Repository
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);
    private static readonly Lazy<IgnoreRules> LazyRules = new(() => IgnoreRules.Read(Path.Combine(Root, ".gitignore")));

    /// <summary>Gets the folder that holds <c>Recollect.slnx</c>.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>Gets the relative paths, with forward slashes and in order, of the files in a folder that are not ignored.</summary>
    /// <param name="folder">Relative to the root; empty for everything. A folder that does not exist has no files.</param>
    /// <param name="pattern">A pattern for file names.</param>
    public static IReadOnlyList<string> Files(string folder = "", string pattern = "*")
    {
        var start = new DirectoryInfo(Path.Combine(Root, folder));
        return start.Exists ? [.. Walk(start, pattern).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Gets the text of a file.</summary>
    /// <param name="path">Relative to the root.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(DirectoryInfo folder, string pattern)
    {
        foreach (var file in folder.EnumerateFiles(pattern).Where(file => !LazyRules.Value.IgnoresFile(file.Name)))
        {
            yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
        }

        foreach (var inner in folder.EnumerateDirectories().Where(inner => !LazyRules.Value.IgnoresFolder(inner.Name)))
        {
            foreach (var path in Walk(inner, pattern))
            {
                yield return path;
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recollect.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Recollect.slnx.");
    }
}
