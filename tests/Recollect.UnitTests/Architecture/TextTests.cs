using System.Text.RegularExpressions;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed partial class TextTests
{
    private const string ThisFile = "tests/Recollect.UnitTests/Architecture/TextTests.cs";

    private static readonly string[] CodeEndings = [".cs", ".csproj", ".props", ".targets", ".sh", ".slnx"];

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var wrong = from path in Repository.Files()
                    where CodeEndings.Contains(Path.GetExtension(path), StringComparer.Ordinal) || IsScript(path)
                    where path is not ThisFile && Unfinished().IsMatch(Repository.Read(path))
                    select path;

        Findings.None(wrong, "Finish it, or leave it out.");
    }

    [Fact]
    public void No_file_names_a_place_of_one_machine()
    {
        var wrong = from path in Repository.Files()
                    where path is not ThisFile
                    let match = Place().Match(Repository.Read(path))
                    where match.Success
                    select $"{path}: {match.Value}";

        Findings.None(wrong, "Nobody else has this place; make it relative or configurable.");
    }

    private static bool IsScript(string path) => path is "recollect" || path.StartsWith(".ci/", StringComparison.Ordinal);

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|NotImplementedException", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(
        @"(?<![\w.~}])/(?-i:home|root|Users|work|tmp/wt)/\w|[A-Z]:\\Users\\|registry\.npmjs\.org|api\.nuget\.org|\bartifactory\b|\bverdaccio\b|\bjfrog\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex Place();
}
