using Microsoft.Playwright;
using Recollect.Conformance;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>Checks pages by the rules of axe-core.</summary>
internal static class Axe
{
    private static readonly string File = Path.Combine(Repository.Root, "artifacts/servers/node_modules/axe-core/axe.min.js");

    /// <summary>Makes sure that the page breaks no rule.</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        Required.Unless(System.IO.File.Exists(File), "axe-core");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync($"() => {{ {await System.IO.File.ReadAllTextAsync(File)} }}");
        }

        var broken = await page.EvaluateAsync<string[]>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))");
        Assert.True(broken.Length == 0, $"{page.Place()}\n{string.Join('\n', broken)}");
    }
}
