using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Server;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.Server.Web;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>20 agents, each of a tenant of its own, ask every page and every route for what is theirs and what is the others', and follow every link.</summary>
public sealed partial class TenantCrawlTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Tenants = 20;
    private const int Odd = 7; // steps to the next tenant that is tried, so that each is tried by others

    private readonly string _chats = Path.GetTempFileName();
    private readonly Dictionary<int, string[]> _ids = [];
    private RunningServer _server = null!;
    private string _run = string.Empty;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllLinesAsync(_chats, Enumerable.Range(0, Tenants).SelectMany(Chats));
        _server = await RunningServer.WithMemoriesAsync(
            [new("Sources:Files:Paths:0", _chats), .. AgentSettings.Limits, .. Enumerable.Range(0, Tenants).SelectMany(tenant => AgentSettings.Of(tenant, $"agent{Text(tenant)}", Key(tenant), Tenant(tenant), mayAdminister: tenant % 2 == 0))]);
        var (store, state) = (_server.Services.GetRequiredService<IMemoryStore>(), _server.Services.GetRequiredService<IStateStore>());
        _run = Assert.Single(await state.Runs.ListAsync(10, CancellationToken.None)).Id;
        await BotSessions.SaveAsync(_server, "now", Marker(Tenants), [Marker(Tenants)]); // of the tenant default, which no agent is of
        foreach (var tenant in Enumerable.Range(0, Tenants))
        {
            var owner = new Owner { Tenant = Tenant(tenant), User = "dana" };
            _ids[tenant] = [.. (await store.ListAsync(owner.Visibility, after: null, 10, CancellationToken.None)).Select(memory => memory.Id)];
            Assert.NotEmpty(_ids[tenant]);
            await state.Runs.AppendAsync([new(_run, $"conversation-{Marker(tenant)}", owner.Tenant, Marker(tenant), Outcomes.Failed, Marker(tenant))], CancellationToken.None);
            await state.Pending.SaveAsync(
                [new() { ConversationId = $"conversation-{Marker(tenant)}", Source = "files", Tenant = owner.Tenant, User = Marker(tenant), Status = PendingStatus.Parked, ContentHash = "x", FailedRuns = 3, Reason = "other", Error = Marker(tenant) }],
                CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_chats);
    }

    [Fact]
    public async Task No_answer_to_a_tenant_has_a_word_of_another()
    {
        var (answers, own) = (0, new int[Tenants]);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tenant in Enumerable.Range(0, Tenants))
        {
            using var pages = Client();
            using var api = Client();
            api.DefaultRequestHeaders.Add("X-Api-Key", Key(tenant));
            await SignInAsync(pages, tenant);
            var others = Enumerable.Range(1, TestSize.Of(1, Tenants - 1)).Select(step => (tenant + (step * Odd)) % Tenants).ToArray();
            var asked = new HashSet<string>(StringComparer.Ordinal);
            var queue = new Queue<string>([.. Pages(tenant), .. others.SelectMany(Pages)]);
            while (queue.TryDequeue(out var url))
            {
                if (asked.Add(url))
                {
                    var body = await AskAsync(pages, url);
                    foreach (var link in Links().Matches(body).Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value)).Where(link => link.StartsWith('/')))
                    {
                        queue.Enqueue(link.Split('#')[0]);
                    }
                }
            }

            reached.UnionWith(asked.Select(url => url.Split('?')[0]));
            foreach (var url in (IEnumerable<string>)[.. Routes(tenant), .. others.SelectMany(Routes)])
            {
                await AskAsync(api, url);
            }

            async Task<string> AskAsync(HttpClient client, string url)
            {
                using var answer = await client.GetAsync(url);
                var text = await answer.Content.ReadAsStringAsync() + answer.Headers + answer.Content.Headers;
                Assert.True((int)answer.StatusCode < 500, $"{url}: {answer.StatusCode}");
                foreach (var other in Enumerable.Range(0, Tenants + 1).Where(other => other != tenant))
                {
                    Assert.False(text.Contains(Marker(other), StringComparison.OrdinalIgnoreCase), $"{url} tells {Tenant(tenant)} of {Tenant(other)}: {Around(text, Marker(other))}");
                }

                answers++;
                own[tenant] += text.Contains(Marker(tenant), StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                return text;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answers:N0} answers to {Tenants} tenants: no leak"));
        Assert.All(own, found => Assert.InRange(found, 10, int.MaxValue)); // the words are there, for those whose they are
        Assert.All(PagesOfServer(), route => Assert.Contains(reached, path => route.IsMatch(path)));
    }

    /// <summary>Gets every page, of a tenant's user or by the tenant's id.</summary>
    private IEnumerable<string> Pages(int tenant)
    {
        string[] owners = [$"user=dana&tenant={Tenant(tenant)}", $"user=dana&scope=ministry&tenant={Tenant(tenant)}", "user=dana", "user=dana&scope=ministry"];
        return
        [
            "/", "/users", "/memories", "/search", "/runs", "/sessions", "/sessions/now", $"/runs/{_run}", $"/runs/{_run}/events", "/doctor", "/forget", "/export", "/export.html", "/signin", "/nowhere",
            .. owners.SelectMany(owner => new[] { $"/memories?{owner}", $"/search?query=harbour&{owner}", $"/export?{owner}", $"/export.html?{owner}", $"/forget?{owner}" }),
            .. owners.SelectMany(owner => _ids[tenant].SelectMany(id => new[] { $"/memories/{id}?{owner}", $"/memories/{id}/facts/1?{owner}", $"/memories/{id}/forget?{owner}" })),
        ];
    }

    /// <summary>Gets every route of the API that reads.</summary>
    private IEnumerable<string> Routes(int tenant)
    {
        string[] owners = [$"user=dana&tenant={Tenant(tenant)}", "user=dana", "user=dana&scope=ministry"];
        return
        [
            "/health/live", "/health/ready", "/openapi/v1.json", "/api/v1/runs", $"/api/v1/runs/{_run}", $"/api/v1/runs/{_run}/events",
            .. owners.SelectMany(owner => new[] { $"/api/v1/memories?{owner}", $"/api/v1/recall?query=harbour&{owner}", $"/api/v1/recall?query=harbour&by=message&{owner}" }),
            .. owners.SelectMany(owner => _ids[tenant].SelectMany(id => new[] { $"/api/v1/memories/{id}?{owner}", $"/api/v1/conversations/{id}?{owner}" })),
        ];
    }

    private IEnumerable<Regex> PagesOfServer() => _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<WebPage>() is not null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET", StringComparer.Ordinal))
        .Select(endpoint => new Regex($"^{Regex.Replace(endpoint.RoutePattern.RawText!, @"\{[^}]*\}", "[^/]+", RegexOptions.None, TimeSpan.FromSeconds(1))}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _server.Address };

    private static async Task SignInAsync(HttpClient client, int tenant)
    {
        var token = Token().Match(await client.GetStringAsync("/signin")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("form_token", token), new("key", Key(tenant)), new("next", "/")]);
        using var answer = await client.PostAsync("/signin", form);
        Assert.Contains("Sign out", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Chats(int tenant)
    {
        var (name, marker) = (Tenant(tenant), Marker(tenant));
        foreach (var (thread, user, scope) in new[] { ("house", "dana", "personal"), ("plan", "dana", "ministry"), ($"thread-{marker}", $"user-{marker}", "personal"), ("vault", "dana", "secrets"), ("more", $"user-{marker}", "personal"), ("again", $"user-{marker}", "personal"), ("still", $"user-{marker}", "personal") })
        {
            yield return $$"""{"id":"m1","thread":"{{thread}}","title":"Title {{marker}}","tenant":"{{name}}","user":"{{user}}","scope":"{{scope}}","name":"Author {{marker}}","role":"user","text":"The harbour street of {{marker}} is where I live.","sent_at":"2024-01-05T10:00:00Z"}""";
        }
    }

    private static string Tenant(int tenant) => $"tenant{Text(tenant)}";

    private static string Key(int tenant) => $"key-of-tenant-{Text(tenant)}";

    private static string Marker(int tenant) => $"zebra{(char)('a' + (tenant / 5))}{(char)('a' + (tenant % 5))}quagga"; // none is part of another

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 100)];
    }

    [GeneratedRegex("(href|src|action|data-events)=\"(?<url>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Links();

    [GeneratedRegex("name=\"form_token\"[^>]* value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();
}
