using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed class FileShapeTests(ITestOutputHelper output)
{
    private const int MaxLines = 400;

    /// <summary>Files that may be longer, each with the reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new(StringComparer.Ordinal);

    private static readonly string[] EmptyWords = ["Utils", "Util", "Helpers", "Helper", "Common", "Manager"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void No_file_is_longer_than_a_reader_can_hold(string folder)
    {
        var files = SourceFile.In(folder);
        var lines = files.Select(file => file.Lines).Order().ToArray();
        output.WriteLine($"{folder}: {lines.Length} files, median {lines[lines.Length / 2]} lines, nine in ten up to {lines[lines.Length * 9 / 10]}.");

        var wrong = files
            .Where(file => file.Lines > MaxLines && !LongFiles.ContainsKey(file.Path))
            .Select(file => $"{file.Path} has {file.Lines} lines");

        Findings.None(wrong, "Split it by what it does, or exempt it with the reason.");
    }

    [Fact]
    public void Every_exempted_file_is_still_long()
    {
        var files = SourceFile.In("").ToDictionary(file => file.Path, file => file.Lines, StringComparer.Ordinal);

        Assert.All(LongFiles.Keys, path => Assert.True(files.GetValueOrDefault(path) > MaxLines, $"{path} needs no exemption."));
    }

    [Fact]
    public void A_file_holds_one_type_and_has_its_name()
    {
        var wrong = from file in SourceFile.In("")
                    let name = Path.GetFileName(file.Path).Split('.')[0]
                    where name is not "Program"
                    where file.TopLevelTypes is not [var only] || !string.Equals(only, name, StringComparison.Ordinal)
                    select $"{file.Path} holds {(file.TopLevelTypes.Count == 0 ? "no type" : string.Join(", ", file.TopLevelTypes))}";

        Findings.None(wrong, "One type a file, and the file has its name.");
    }

    [Fact]
    public void No_name_says_nothing()
    {
        var names = from path in Repository.Files("", "*.cs")
                    from part in path[..^".cs".Length].Split('/')
                    where EmptyWords.Any(word => part.EndsWith(word, StringComparison.Ordinal))
                    select path;

        Findings.None(names.Distinct(StringComparer.Ordinal), "Name it after what it holds.");
    }
}
