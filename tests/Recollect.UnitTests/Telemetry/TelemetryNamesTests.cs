using Recollect.Conformance;
using Recollect.Telemetry;
using Recollect.UnitTests.Architecture;
using Xunit;

namespace Recollect.UnitTests.Telemetry;

public sealed class TelemetryNamesTests
{
    private static readonly string[] Names = [.. typeof(TelemetryNames).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void The_page_lists_every_name()
    {
        var page = Repository.Read("docs/observability.md");

        Findings.None(Names.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), "List it in docs/observability.md, with its unit and tags.");
    }
}
