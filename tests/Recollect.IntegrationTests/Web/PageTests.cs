using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
    public void Every_route_of_pages_is_looked_at_by_these_tests()
    {
        var routes = sample.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<WebPage>() is not null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET", StringComparer.Ordinal))
            .Select(endpoint => endpoint.RoutePattern.RawText!);

        Assert.Equal([.. sample.Pages.Select(page => page.Route).Distinct(StringComparer.Ordinal).Concat(NoPages).Order(StringComparer.Ordinal)], routes.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
