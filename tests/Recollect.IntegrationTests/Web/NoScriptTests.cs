using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Conformance;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class NoScriptTests(Chromium chromium, SampleServer sample)
{
    [Fact]
    public Task Without_scripts_all_can_be_read_asked_and_signed_out_of() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var (_, url, status) in sample.Pages)
            {
                await page.OpenAsync(url, status);
                Assert.NotEmpty(await page.HeadingAsync());
                Assert.Contains("Times are of the zone UTC", await page.TextAsync(), StringComparison.Ordinal);
            }

            await page.GetByRole(AriaRole.Link, new() { Name = "Users" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "dana" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Search in these memories" }).ClickAsync();
            await page.GetByLabel("Question").FillAsync("Which street do I live in?");
            await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
            await page.Locator(".cards h2 a").First.ClickAsync();
            Assert.Contains("The conversation", await page.TextAsync(), StringComparison.Ordinal);
            await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
            await page.Locator("table[aria-labelledby=runs] a").First.ClickAsync();
            Assert.Equal(sample.Known.Run, page.Place());

            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            Assert.Equal("/signin", page.Place());
        },
        new() { Key = SampleServer.Admin, HasScript = false });

    [Fact]
    public async Task Going_from_page_to_page_of_a_long_list_leaves_nothing_out()
    {
        const int Count = 60;
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits, before: async running =>
        {
            var store = running.Services.GetRequiredService<IMemoryStore>();
            await store.InitializeAsync(CancellationToken.None);
            foreach (var number in Enumerable.Range(0, Count))
            {
                await store.UpsertAsync(MemoryRecords.Of($"n{number}", new() { User = "many" }, thread: $"t{number}"), [], CancellationToken.None);
            }
        });
        await chromium.VisitAsync(
            server,
            async page =>
            {
                await page.OpenAsync("/memories?user=many");
                var seen = new List<string>();
                for (seen.AddRange(await page.Locator(".cards h2 a").AllInnerTextsAsync()); await page.GetByText("Earlier memories").CountAsync() > 0; seen.AddRange(await page.Locator(".cards h2 a").AllInnerTextsAsync()))
                {
                    await page.GetByText("Earlier memories").ClickAsync();
                }

                Assert.Equal(Enumerable.Range(0, Count).Select(number => $"t{number}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal), StringComparer.Ordinal);
                await page.GetByText("Back to the latest").ClickAsync();
                Assert.Equal(seen[0], await page.Locator(".cards h2 a").First.InnerTextAsync());
            },
            new() { HasScript = false });
    }
}
