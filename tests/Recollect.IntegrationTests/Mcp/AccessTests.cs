using System.Net;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary>Who may ask, with which key, how often, and from where.</summary>
public sealed class AccessTests
{
    private const string Question = "/api/v1/recall?query=street&user=dana";

    [Fact]
    public async Task With_agents_every_route_but_the_sign_of_life_needs_a_key()
    {
        await using var place = await McpPlace.StartAsync(McpPlace.Agents);
        foreach (var path in new[] { Question, "/api/v1/memories?user=dana", "/api/v1/runs", "/api/v1/runs/any/events", "/api/v1/users/forget", "/openapi/v1.json", "/health/ready", "/mcp", "/nowhere" })
        {
            foreach (var header in new (string Name, string Value)?[] { null, ("Authorization", "Bearer wrong"), ("Authorization", $"Basic {McpPlace.NoorKey}"), ("Authorization", "Bearer "), ("X-Api-Key", "wrong"), ("X-Api-Key", McpPlace.NoorKey.ToUpperInvariant()) })
            {
                using var response = await AskAsync(place, path, header);
                Assert.Equal((path, HttpStatusCode.Unauthorized), (path, response.StatusCode));
                Assert.Equal("Bearer realm=\"recollect\"", response.Headers.WwwAuthenticate.ToString());
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            }
        }

        using var alive = await AskAsync(place, "/health/live", null);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + McpPlace.NoorKey)]
    [InlineData("Authorization", "bearer  " + McpPlace.NoorKey)]
    [InlineData("X-Api-Key", McpPlace.NoorKey)]
    public async Task A_key_opens_what_its_agent_may_see(string header, string value)
    {
        await using var place = await McpPlace.StartAsync(McpPlace.Agents);

        using var own = await AskAsync(place, Question, (header, value));
        using var secret = await AskAsync(place, Question + "&scope=secrets", (header, value));
        using var other = await AskAsync(place, Question + "&tenant=acme", (header, value));

        Assert.Contains("Elm Street", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, secret.StatusCode);
        Assert.Contains("Agent noor may not read scope secrets; it may read: personal, departmental, ministry.", await secret.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task Without_agents_no_key_is_asked_for_and_no_secret_is_told()
    {
        await using var place = await McpPlace.StartAsync();

        using var own = await AskAsync(place, Question, ("Authorization", "Bearer whatever"));
        using var secret = await AskAsync(place, Question + "&scope=secrets", null);
        using var shout = await AskAsync(place, Question + "&scope=SECRETS%20", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (own.StatusCode, secret.StatusCode));
        Assert.Equal("""{"memories":[]}""", await shout.Content.ReadAsStringAsync()); // another scope, in which there is nothing
    }

    [Fact]
    public async Task With_agents_the_server_may_be_reached_from_elsewhere_but_pages_of_elsewhere_may_not_ask()
    {
        await using var place = await McpPlace.StartAsync([.. McpPlace.Agents, new("Server:Urls", "http://0.0.0.0:0"), new("Server:AllowedOrigins:0", "https://memory.example")]);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{place.Address.Port}") };
        foreach (var (origin, expected) in new[] { (null, HttpStatusCode.OK), ("https://memory.example", HttpStatusCode.OK), ("https://evil.example", HttpStatusCode.Forbidden), ("http://memory.example.evil", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Question);
            request.Headers.Host = "memory.internal:8201";
            request.Headers.Add("X-Api-Key", McpPlace.NoorKey);
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await client.SendAsync(request);
            Assert.Equal((origin, expected), (origin, response.StatusCode));
        }
    }

    [Fact]
    public async Task Each_key_has_a_rate_of_its_own()
    {
        await using var place = await McpPlace.StartAsync([.. McpPlace.Agents, new("Server:RequestsPerMinute", "3")]);
        var noor = ("X-Api-Key", McpPlace.NoorKey);
        for (var i = 0; i < 3; i++)
        {
            using var answered = await AskAsync(place, Question, noor);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        }

        using var refused = await AskAsync(place, Question, noor);
        using var other = await AskAsync(place, Question, ("X-Api-Key", McpPlace.MaestroKey));
        using var ready = await AskAsync(place, "/health/ready", noor);

        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, ready.StatusCode));
    }

    private static Task<HttpResponseMessage> AskAsync(McpPlace place, string path, (string Name, string Value)? header)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is { } given)
        {
            request.Headers.TryAddWithoutValidation(given.Name, given.Value);
        }

        return place.Client.SendAsync(request);
    }
}
