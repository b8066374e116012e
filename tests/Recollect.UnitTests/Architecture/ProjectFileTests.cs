using System.Xml.Linq;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed class ProjectFileTests
{
    private static readonly Dictionary<string, string[]> AllowedProjects = new(StringComparer.Ordinal)
    {
        ["Recollect"] = [],
        ["Recollect.Connectors"] = ["Recollect"],
        ["Recollect.Server"] = ["Recollect"],
        ["Recollect.Cli"] = ["Recollect", "Recollect.Connectors", "Recollect.Server"],
    };

    /// <summary>What the library may bring into a host that uses it: abstractions and arithmetic, no vendor's SDK.</summary>
    private static readonly Dictionary<string, string> LibraryPackages = new(StringComparer.Ordinal)
    {
        ["Microsoft.Extensions.AI.Abstractions"] = "the shape of models and embedders, so that a host brings any provider",
        ["Microsoft.Extensions.FileSystemGlobbing"] = "patterns for the files that are read",
        ["Microsoft.Extensions.Logging.Abstractions"] = "logging into the host's own",
        ["Microsoft.Extensions.Options.ConfigurationExtensions"] = "options from the host's configuration",
        ["Microsoft.ML.Tokenizers"] = "tokens as a model counts them, so that budgets hold",
        ["Microsoft.ML.Tokenizers.Data.Cl100kBase"] = "a vocabulary to count with",
        ["Microsoft.ML.Tokenizers.Data.O200kBase"] = "a vocabulary to count with",
        ["Polly.Core"] = "retries with an injected clock",
        ["System.Numerics.Tensors"] = "vector arithmetic",
    };

    [Fact]
    public void Projects_refer_downwards_only()
    {
        var wrong = from path in Repository.Files("src", "*.csproj")
                    let project = Path.GetFileNameWithoutExtension(path)
                    from reference in Values(path, "ProjectReference", "Include").Select(Path.GetFileNameWithoutExtension)
                    where !AllowedProjects[project].Contains(reference, StringComparer.Ordinal)
                    select $"{project} -> {reference}";

        Findings.None(wrong, "Cli uses Server and Connectors, which use the library.");
    }

    [Fact]
    public void The_library_brings_no_package_that_is_not_on_the_list()
    {
        var wrong = Values("src/Recollect/Recollect.csproj", "PackageReference", "Include").Except(LibraryPackages.Keys, StringComparer.Ordinal);

        Findings.None(wrong, "What needs a vendor's package belongs into Recollect.Connectors.");
    }

    [Fact]
    public void No_project_hides_a_using_of_ours()
    {
        var wrong = from path in Repository.Files("", "*.csproj").Concat(Repository.Files("", "*.props"))
                    from name in Values(path, "Using", "Include")
                    where name.StartsWith("Recollect", StringComparison.Ordinal)
                    select $"{path}: {name}";

        Findings.None(wrong, "A using that no file shows hides a dependency.");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Recollect.slnx");

        Assert.All(Repository.Files("", "*.csproj"), path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Values(string path, string element, string attribute) =>
        XDocument.Parse(Repository.Read(path)).Descendants(element).Select(item => (string?)item.Attribute(attribute)).OfType<string>();
}
