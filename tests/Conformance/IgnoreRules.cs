namespace Recollect.Conformance;

/// <summary>The simple rules of a <c>.gitignore</c>: <c>folder/</c>, <c>file</c> and <c>*.ending</c>.</summary>
internal sealed class IgnoreRules
{
    private readonly HashSet<string> _folders;
    private readonly HashSet<string> _files;
    private readonly string[] _endings;

    private IgnoreRules(string[] lines)
    {
        _folders = lines.Where(line => line.EndsWith('/')).Select(line => line.Trim('/')).Append(".git").ToHashSet(StringComparer.Ordinal);
        _files = lines.Where(line => !line.EndsWith('/')).Append(".git").ToHashSet(StringComparer.Ordinal);
        _endings = [.. lines.Where(line => line.StartsWith("*.", StringComparison.Ordinal)).Select(line => line[1..])];
    }

    public static IgnoreRules Read(string path) =>
        new([.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')]);

    public bool IgnoresFolder(string name) => _folders.Contains(name);

    public bool IgnoresFile(string name) =>
        _files.Contains(name) || _endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
}
