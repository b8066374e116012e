using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed class DependencyDirectionTests
{
    [Fact]
    public void Folders_of_the_library_use_only_what_they_may()
    {
        var wrong = LibraryEdges()
            .Where(edge => !LibraryFolders.Allowed.Any(allowed => allowed.Allows(edge.File, edge.From, edge.To)))
            .Select(edge => $"{edge.File} uses {edge.To}");

        Findings.None(wrong, "Move what both need to Conversations or Text, or add the edge with its reason to LibraryFolders.Allowed.");
    }

    [Fact]
    public void Every_allowed_edge_is_still_needed()
    {
        var edges = LibraryEdges().ToArray();

        var unused = LibraryFolders.Allowed
            .Where(allowed => allowed.To is not AllowedEdge.Anything && !edges.Any(edge => allowed.Allows(edge.File, edge.From, edge.To)))
            .Select(allowed => $"{allowed.From} -> {allowed.To}");

        Findings.None(unused, "Nothing needs these any more; remove them from LibraryFolders.Allowed.");
    }

    [Theory]
    [InlineData("src/Recollect", "Recollect.Connectors", "Recollect.Server", "Recollect.Cli")]
    [InlineData("src/Recollect.Connectors", "Recollect.Server", "Recollect.Cli")]
    [InlineData("src/Recollect.Server", "Recollect.Connectors", "Recollect.Cli")]
    public void A_project_names_nothing_above_or_beside_it(string project, params string[] forbidden)
    {
        var wrong = from file in SourceFile.In(project)
                    from mention in file.Mentions
                    from name in forbidden
                    where IsOrIsIn(mention, name)
                    select $"{file.Path} uses {mention}";

        Findings.None(wrong, "Cli uses Server and Connectors, which use the library.");
    }

    [Fact]
    public void A_connector_never_names_another()
    {
        const string project = "src/Recollect.Connectors";
        var files = SourceFile.In(project);
        var connectors = files.Select(file => TopFolder(file, project)).Where(folder => folder.Length > 0).ToHashSet(StringComparer.Ordinal);

        var wrong = from file in files
                    let own = TopFolder(file, project)
                    where own.Length > 0
                    from mention in file.Mentions
                    from other in connectors
                    where !string.Equals(own, other, StringComparison.Ordinal) && IsOrIsIn(mention, $"Recollect.Connectors.{other}")
                    select $"{file.Path} uses {mention}";

        Findings.None(wrong, "What two connectors need belongs into the library, or is written twice.");
    }

    private static IEnumerable<(string File, string From, string To)> LibraryEdges() =>
        from file in SourceFile.In(LibraryFolders.Project)
        let path = Path.GetRelativePath(LibraryFolders.Project, file.Path).Replace('\\', '/')
        let folder = file.FolderIn(LibraryFolders.Project)
        from to in file.Mentions.Select(LibraryFolders.Of).OfType<string>().Distinct(StringComparer.Ordinal)
        where !string.Equals(folder, to, StringComparison.Ordinal) && !to.StartsWith(folder + "/", StringComparison.Ordinal) && !LibraryFolders.Shared.Contains(to, StringComparer.Ordinal)
        select (path, folder, to);

    private static string TopFolder(SourceFile file, string project) => file.FolderIn(project).Split('/')[0];

    private static bool IsOrIsIn(string mention, string name) =>
        mention.Equals(name, StringComparison.Ordinal) || mention.StartsWith(name + ".", StringComparison.Ordinal);
}
