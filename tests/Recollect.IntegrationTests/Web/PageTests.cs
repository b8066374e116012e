using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Recollect.Server.Web;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class PageTests(Chromium chromium, SampleServer sample)
{
    private static readonly string[] NoPages = ["/export", "/export.html", "/runs/{id}/events", "/web/page.js", "/web/style.css"];

    [Fact]
    public Task Every_page_has_a_name_and_shows_what_it_is_for() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var (url, heading, text) in new[]
            {
                ("/", "Overview", "Users with the most memories"),
                ("/users", "Users", "lukas"),
                ("/memories", "Memories", "Show"),
                ("/memories?user=dana", "Memories of dana", "Tannery Lane"),
                (sample.Known.Memory, "", "Cited by fact 1"),
                (sample.Known.Memory.Replace("?", "/facts/1?", StringComparison.Ordinal), "Correct or delete a fact", "It rests on"),
                (sample.Known.Memory.Replace("?", "/forget?", StringComparison.Ordinal), "Forget a memory", "It cannot be undone"),
                ("/search", "Search", "Question"),
                ("/search?query=Which+street+do+I+live+in%3F&user=dana", "Search", "I now live at 14 Tannery Lane"),
                ("/runs", "Runs", "backfill"),
                (sample.Known.Run, "Run ", "60"),
                ("/sessions", "Sessions", "dana@example"),
                (sample.Known.Session, "Session of dana@example", "Where is the spare key?"),
                ("/doctor", "Health", "store"),
                ("/forget?user=dana", "Forget dana", "It cannot be undone"),
                ("/signin", "Sign in", "recollect key new"),
            })
            {
                await page.OpenAsync(url);
                Assert.StartsWith(heading, await page.HeadingAsync(), StringComparison.Ordinal);
                Assert.EndsWith(" · Recollect", await page.TitleAsync(), StringComparison.Ordinal);
                Assert.Contains(text, await page.TextAsync(), StringComparison.Ordinal);
            }
        },
        new() { Key = SampleServer.Admin });

    [Fact]
    public Task A_result_says_what_its_score_is_made_of() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/search?query=Which+street+do+I+live+in%3F&user=dana");
            var tables = await page.Locator(".why table").EvaluateAllAsync<string[][]>("(tables) => tables.map((table) => [...table.querySelectorAll('td')].map((cell) => cell.textContent))");
            var pictures = await page.Locator(".why > svg").EvaluateAllAsync<double[][]>("(all) => all.map((one) => [...one.querySelectorAll('rect')].map((part) => part.getBoundingClientRect().width / one.getBoundingClientRect().width))");

            Assert.InRange(tables.Length, 3, 20);
            Assert.Equal(tables.Length, pictures.Length);
            foreach (var (numbers, widths) in tables.Zip(pictures))
            {
                double[] parts = [.. numbers[..^1].Where(number => number is not "no part").Select(Number)];
                Assert.NotEmpty(parts);
                Assert.Equal(Number(numbers[^1]), parts.Sum(), 0.003); // each is rounded
                Assert.Equal(parts.Sum(), widths.Sum(), 0.03); // with gaps between
            }

            Assert.Equal("1.000", tables[0][^1]);
            Assert.Equal("no part", tables[0][2]); // the question names no time
            await page.Locator("summary").Nth(1).ClickAsync();
            await Assertions.Expect(page.Locator(".why table").Nth(1)).ToBeVisibleAsync();
        },
        new() { Key = SampleServer.Viewer });

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Kiritimati")]
    public Task The_overview_shows_how_memories_became_more_in_the_zone_of_who_looks(string zone) => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/"); // tells the zone
            await page.OpenAsync("/");
            var rows = await page.Locator("table[aria-labelledby=growth] tbody tr").EvaluateAllAsync<string[][]>("(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))");
            var memories = (await page.Locator(".numbers dd").First.InnerTextAsync()).Trim();

            Assert.InRange(rows.Length, 2, 60);
            Assert.Equal(memories, rows[^1][2]);
            Assert.Equal(rows.Select((row, i) => rows[..(i + 1)].Sum(other => Number(other[1]))), rows.Select(row => Number(row[2])));
            Assert.Equal(rows.Length, await page.Locator("svg.chart rect").CountAsync() - await page.Locator("svg.chart[aria-label*=runs] rect").CountAsync());
            Assert.Contains($"{memories} in all", await page.Locator("svg.chart").First.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        },
        new() { Key = SampleServer.Admin, Zone = zone });

    [Theory]
    [InlineData(SampleServer.Admin, true)]
    [InlineData(SampleServer.Viewer, false)]
    public Task Only_who_may_see_the_health_is_led_there(string key, bool isLed) => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/runs");
            Assert.Equal(isLed, (await page.Locator("nav a").AllInnerTextsAsync()).Contains("Health", StringComparer.Ordinal));
        },
        new() { Key = key });

    [Fact]
    public void Every_route_of_pages_is_looked_at_by_these_tests()
    {
        var routes = sample.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<WebPage>() is not null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET", StringComparer.Ordinal))
            .Select(endpoint => endpoint.RoutePattern.RawText!);

        Assert.Equal([.. sample.Pages.Select(page => page.Route).Distinct(StringComparer.Ordinal).Concat(NoPages).Order(StringComparer.Ordinal)], routes.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
