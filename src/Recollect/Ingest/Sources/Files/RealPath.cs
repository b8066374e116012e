namespace Recollect.Ingest.Sources.Files;

/// <summary>Finds where a path leads once every symbolic link in it is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Follows the links.</summary>
    /// <param name="path">A path that need not exist.</param>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    public static string Of(string path) => Of(Path.GetFullPath(path), MostLinks);

    private static string Of(string path, int linksLeft)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Join(real, part);
            if (new FileInfo(real).LinkTarget is not { } target)
            {
                continue;
            }

            if (linksLeft == 0)
            {
                throw new IOException("Too many symbolic links.");
            }

            real = Of(Path.GetFullPath(target, Path.GetDirectoryName(real)!), linksLeft - 1);
        }

        return real;
    }
}
