using System.Reflection;
using System.Text.RegularExpressions;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed partial class ConformanceCoverageTests
{
    [Fact]
    public void Every_implementation_of_a_seam_passes_its_suite()
    {
        var suites = typeof(Repository).Assembly.GetExportedTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var subclasses = TestSubclasses().ToArray();

        var missing = from seam in Seams.Suites
                      from implementation in Implementations(seam.Key)
                      where !Seams.Wrappers.ContainsKey(implementation.Name)
                      let advice = Advice(implementation.Name, seam.Value, suites, subclasses)
                      where advice is not null
                      select advice;

        Findings.None(missing, "Every implementation of a seam is held to the seam's promises.");
    }

    [Fact]
    public void Every_suite_that_an_interface_promises_is_known_here()
    {
        var promised = SourceFile.In("src").SelectMany(file => Promise().Matches(file.Text)).Select(match => match.Groups["suite"].Value);

        Findings.None(promised.Except(Seams.Suites.Values, StringComparer.Ordinal), "Add the interface with its suite to Seams.Suites.");
    }

    [Fact]
    public void Every_exempted_wrapper_still_exists()
    {
        var implementations = Seams.Suites.Keys.SelectMany(Implementations).Select(type => type.Name);

        Findings.None(Seams.Wrappers.Keys.Except(implementations, StringComparer.Ordinal), "Remove them from Seams.Wrappers.");
    }

    private static string? Advice(string implementation, string suite, HashSet<string> suites, (string Class, string Suite)[] subclasses)
    {
        if (!suites.Contains(suite))
        {
            return $"{implementation} has no suite to pass: add the abstract class {suite} to tests/Conformance.";
        }

        var covered = subclasses.Any(subclass =>
            subclass.Class.StartsWith(implementation, StringComparison.Ordinal) && string.Equals(subclass.Suite, suite, StringComparison.Ordinal));
        return covered ? null : $"{implementation} is not tested: add a subclass of {suite} whose name begins with {implementation} to a test project.";
    }

    private static IEnumerable<Type> Implementations(Type seam) =>
        OurAssemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && seam.IsAssignableFrom(type));

    private static IEnumerable<Assembly> OurAssemblies() =>
        Repository.Files("src", "*.csproj")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => File.Exists(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")))
            .Select(Assembly.Load);

    private static IEnumerable<(string Class, string Suite)> TestSubclasses() =>
        SourceFile.In("tests")
            .Where(file => !file.Path.StartsWith("tests/Conformance/", StringComparison.Ordinal))
            .SelectMany(file => Subclass().Matches(file.Code))
            .Select(match => (match.Groups["class"].Value, match.Groups["suite"].Value));

    [GeneratedRegex(@"class (?<class>\w+)[^{};:]*:\s*(?<suite>\w+Conformance)\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Subclass();

    [GeneratedRegex(@"Passes <c>(?<suite>\w+)</c>", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Promise();
}
