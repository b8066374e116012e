using System.Text.RegularExpressions;
using Recollect.Conformance;

namespace Recollect.UnitTests.Architecture;

/// <summary>A C# file as text, for rules that the compiler does not know.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string path)
    {
        Path = path;
        Text = Repository.Read(path);
        Code = LineComment().Replace(Text, string.Empty);
    }

    /// <summary>Gets the path, relative to the repository's root.</summary>
    public string Path { get; }

    /// <summary>Gets everything in the file.</summary>
    public string Text { get; }

    /// <summary>Gets the text without line comments, so that documentation may name what code may not.</summary>
    public string Code { get; }

    /// <summary>Gets the number of lines.</summary>
    public int Lines => Text.AsSpan().Count('\n');

    /// <summary>Gets the names of the types that stand at the left margin, without type parameters.</summary>
    public IReadOnlyList<string> TopLevelTypes => [.. TopLevelType().Matches(Code).Select(match => match.Groups["name"].Value)];

    /// <summary>Gets the dotted names in using directives and code, such as <c>Recollect.Memorize.Stores</c> or <c>Stores.MemoryRecord</c>.</summary>
    public IReadOnlyList<string> Mentions =>
        [.. Mention().Matches(Code).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Gets the folder inside a project, empty for the project's own; <c>Memorize/Stores</c> for example.</summary>
    /// <param name="project">The project's folder, such as <c>src/Recollect</c>.</param>
    public string FolderIn(string project) =>
        System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(project, Path))!.Replace('\\', '/');

    /// <summary>Gets the C# files of a folder.</summary>
    /// <param name="folder">Relative to the repository's root.</param>
    public static IReadOnlyList<SourceFile> In(string folder) =>
        [.. Repository.Files(folder, "*.cs").Select(path => new SourceFile(path))];

    [GeneratedRegex(@"(?<!:)//.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LineComment();

    [GeneratedRegex(
        @"^(?:[a-z]+ )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>?\[\]]+) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"(?<!namespace )(?<![\w.])(?<name>[A-Z]\w*(?:\.[A-Z]\w*)+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mention();
}
