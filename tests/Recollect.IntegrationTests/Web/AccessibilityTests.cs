using Microsoft.Playwright;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Chromium chromium, SampleServer sample)
{
    [Theory]
    [InlineData(SampleServer.Admin)]
    [InlineData(SampleServer.Viewer)]
    [InlineData(null)]
    public Task No_page_breaks_a_rule_of_axe_in_light_or_dark(string? key) => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var url in Pages(key))
            {
                await page.GotoAsync(url);
                foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                    await Axe.AssertAccessibleAsync(page);
                }
            }
        },
        new() { Key = key });

    private IEnumerable<string> Pages(string? key) => key switch
    {
        SampleServer.Admin => sample.Pages.Select(page => page.Url),
        SampleServer.Viewer => ["/", "/runs", "/doctor", "/memories?user=dana"],
        _ => ["/signin"],
    };
}
