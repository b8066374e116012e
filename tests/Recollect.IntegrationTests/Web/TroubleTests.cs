using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Server;
using Xunit;

namespace Recollect.IntegrationTests.Web;

[Collection(BrowserTests.Name)]
public sealed class TroubleTests(Chromium chromium, SampleServer sample)
{
    [Fact]
    public async Task An_empty_store_is_shown_as_one()
    {
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits);
        await chromium.VisitAsync(server, async page =>
        {
            foreach (var (url, text) in new[]
            {
                ("/", "The source was never read to its end"), ("/users", "Nothing is remembered of anybody yet."), ("/memories", "Show"), ("/memories?user=dana", "Nothing is remembered here."),
                ("/search?query=street&user=dana", "Nothing that is remembered here answers that."), ("/runs", "There was no run yet."), ("/doctor", "Health"), ("/sessions", "No bot has a conversation under way here."), ("/forget?user=dana", "0 personal memories"),
            })
            {
                await page.OpenAsync(url);
                Assert.Contains(text, await page.TextAsync(), StringComparison.Ordinal);
                await Axe.AssertAccessibleAsync(page);
            }
        });
    }

    [Fact]
    public async Task Health_comes_by_itself_when_all_is_tested()
    {
        var source = new SlowSource();
        await using var server = await RunningServer.StartAsync(AgentSettings.Limits, services => services.Replace(ServiceDescriptor.Singleton<ISource>(source)));
        await chromium.VisitAsync(server, async page =>
        {
            await page.GotoAsync("/doctor");
            await page.GetByText("The parts are being tested").WaitForAsync();

            source.LetGo();

            await page.GetByText("it took its time").WaitForAsync(); // nobody touches the page
            Assert.Equal(0, await page.GetByText("The parts are being tested").CountAsync());
        });
    }

    [Fact]
    public async Task A_store_that_does_not_answer_gets_a_page_that_tells_no_secrets()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var server = await RunningServer.StartAsync([.. AgentSettings.Limits, new("Stores:Use", "postgres"), new("Stores:Postgres:ConnectionString", $"postgresql://librarian:quarry-lane@127.0.0.1:{port}/library")]);
        await chromium.VisitAsync(server, async page =>
        {
            foreach (var url in new[] { "/", "/users", "/memories?user=dana", "/memories/any?user=dana", "/search?query=street&user=dana", "/forget?user=dana", "/export?user=dana" })
            {
                await page.OpenAsync(url, 503);
                Assert.Equal("Service Unavailable", await page.HeadingAsync());
                AssertTellsNothing(await page.ContentAsync(), port);
            }

            await Axe.AssertAccessibleAsync(page);
            await page.OpenAsync("/doctor"); // tells which part it is
            Assert.Contains("no", await page.Locator("td.bad").AllInnerTextsAsync(), StringComparer.Ordinal);
            Assert.DoesNotContain("quarry-lane", await page.ContentAsync(), StringComparison.Ordinal);
            await page.OpenAsync("/runs"); // needs the state alone
        });
        Assert.DoesNotContain(server.Log.All, line => line.Contains("quarry-lane", StringComparison.Ordinal));
    }

    [Fact]
    public Task What_cannot_be_shown_has_a_page_that_says_why() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var (url, status, why) in new[]
            {
                ("/memories/nothing?user=dana", 404, "The user has no memory of this id in the scope."),
                ("/memories/nothing", 400, "must name the user"),
                ("/memories?user=dana&scope=secrets", 403, "may not read scope"),
                ("/memories?user=dana&tenant=acme", 403, "its own is default"),
                ("/memories?user=dana&after=nonsense", 400, "leave it out for the first page"),
                ("/memories?user=dana&user=omar", 400, "given 2 times"),
                ("/memories?user=dana&sort=up", 400, "is no field"),
                ("/memories?user=%20", 400, "must not be empty"),
                ("/runs/nothing", 404, "There is no run of this id"),
                ("/sessions/nothing", 404, "There is no session of this id"),
                ("/nowhere", 404, "There is no page here."),
                ("/memories/a/b/c", 404, "There is no page here."),
                ("/export", 400, "must name the user"),
                ("/forget", 400, "user"),
            })
            {
                await page.OpenAsync(url, status);
                Assert.Contains(why, await page.Locator("[role=alert]").InnerTextAsync(), StringComparison.Ordinal);
                AssertTellsNothing(await page.ContentAsync(), port: 0);
            }

            await page.Locator("main a").First.ClickAsync();
            Assert.Equal("Overview", await page.HeadingAsync());
        },
        new() { Key = SampleServer.Admin });

    [Theory]
    [InlineData("/nowhere", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("/nowhere", "application/json", "application/problem+json")]
    [InlineData("/nowhere", "", "application/problem+json")]
    [InlineData("/api/v1/nowhere", "text/html", "application/problem+json")]
    [InlineData("/API/nowhere", "text/html", "application/problem+json")]
    [InlineData("/mcp/nowhere", "text/html", "application/problem+json")]
    public async Task An_address_that_there_is_not_is_a_page_for_browsers_alone(string url, string accept, string type)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public Task Who_has_not_signed_in_is_sent_to_sign_in_from_an_address_that_there_is_not() => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            await page.OpenAsync("/nowhere");
            Assert.Equal("Sign in", await page.HeadingAsync());
        });

    [Fact]
    public async Task Who_asks_too_often_is_told_how_long_to_wait()
    {
        await using var server = await RunningServer.StartAsync([new("Server:RequestsPerMinute", "1")]);
        await chromium.VisitAsync(server, async page =>
        {
            await page.OpenAsync("/runs");
            var answer = await page.OpenAsync("/runs", 429);

            Assert.Matches("^[0-9]+$", await answer.HeaderValueAsync("Retry-After") ?? string.Empty);
            Assert.Equal("Too Many Requests", await page.HeadingAsync());
        });
    }

    private static void AssertTellsNothing(string page, int port)
    {
        Assert.DoesNotContain("quarry-lane", page, StringComparison.Ordinal);
        Assert.DoesNotContain("librarian", page, StringComparison.Ordinal);
        Assert.DoesNotContain($":{port}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
    }
}
