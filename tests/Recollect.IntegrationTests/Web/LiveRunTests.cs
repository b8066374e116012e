using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Server;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class LiveRunTests(Chromium chromium)
{
    [Fact]
    public async Task A_run_is_followed_to_its_end_without_a_hand_on_the_page()
    {
        var source = new SteppedSource();
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits, services => services.AddSingleton<ISource>(source));
        var id = (await server.PostAsync("/api/v1/runs", """{"mode":"backfill"}""")).Body.GetProperty("run_id").GetString()!;
        await chromium.VisitAsync(server, async page =>
        {
            await page.OpenAsync($"/runs/{id}");
            var messages = page.Locator("[data-field=messages]");
            await messages.WaitForTextAsync("0");
            Assert.Equal("running", await page.Locator("main strong").First.InnerTextAsync());

            source.Step();
            source.Step();
            source.Step();
            await messages.WaitForTextAsync("3");
            Assert.Equal((3, 10), (await page.EvaluateAsync<int>("() => document.querySelector('progress').value"), await page.EvaluateAsync<int>("() => document.querySelector('progress').max")));

            var loads = 0;
            page.Load += (_, _) => Interlocked.Increment(ref loads);
            source.End();
            await page.Locator("main strong").First.WaitForTextAsync("completed");
            Assert.Equal("3", await Number(page, "Read").InnerTextAsync());
            Assert.Equal("3", await Number(page, "Created").InnerTextAsync());
            Assert.Equal(0, await page.Locator("[data-events]").CountAsync());
            await page.WaitForLoadStateAsync();
            Assert.Equal(1, loads);
        });
    }

    [Fact]
    public async Task Without_scripts_a_run_that_is_under_way_shows_how_far_it_was_when_it_was_asked()
    {
        var source = new PatientSource();
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits, services => services.AddSingleton<ISource>(source));
        var id = (await server.PostAsync("/api/v1/runs", """{"mode":"backfill"}""")).Body.GetProperty("run_id").GetString()!;
        await chromium.VisitAsync(
            server,
            async page =>
            {
                do
                {
                    await page.OpenAsync($"/runs/{id}"); // until the message has come
                }
                while (await page.Locator("[data-field=messages]").InnerTextAsync() is "0");

                source.LetGo();
                await server.LastRunAsync();
                await page.ReloadAsync();
                Assert.Equal("1", await Number(page, "Created").InnerTextAsync());
            },
            new() { HasScript = false });
    }

    private static ILocator Number(IPage page, string name) => page.Locator($"dl.numbers div:has(dt:text-is('{name}')) dd");
}
