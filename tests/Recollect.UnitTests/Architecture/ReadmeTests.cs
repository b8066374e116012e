using System.Text.RegularExpressions;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_table_of_connectors_links_every_page_of_them()
    {
        var readme = Repository.Read("README.md");

        var missing = Repository.Files("docs/connectors", "*.md").Where(page => !readme.Contains($"]({page})", StringComparison.Ordinal));

        Findings.None(missing, "Add a row that links the page to the README's table of connectors.");
    }

    [Fact]
    public void Every_link_to_a_file_leads_somewhere()
    {
        var dead = from page in Repository.Files("", "*.md")
                   from match in Link().Matches(Repository.Read(page))
                   let target = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, match.Groups["target"].Value)
                   where !File.Exists(target) && !Directory.Exists(target)
                   select $"{page}: {match.Groups["target"].Value}";

        Findings.None(dead, "These links lead nowhere.");
    }

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)(#[^)\s]*)?\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Link();
}
