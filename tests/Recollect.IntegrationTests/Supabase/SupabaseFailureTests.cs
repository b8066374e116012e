using System.Net;
using System.Net.Sockets;
using Recollect.Conformance.Servers;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Tables;
using Xunit;

namespace Recollect.IntegrationTests.Supabase;

/// <summary>Every way in which the server fails is told apart and said plainly, and what may pass is tried again.</summary>
[Collection(PostgresTests.Name)]
public sealed class SupabaseFailureTests(PostgresServer server) : IAsyncLifetime
{
    private TableBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await TableBench.StartAsync(server);
        await _bench.ExecuteAsync("INSERT INTO conversations VALUES (1, 'u', 't', NULL, '2026-01-01'); INSERT INTO messages VALUES (1, 1, 'user', true, 'hello', '2026-01-01');");
        await _bench.ServeAsync();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(401, """{"code":"PGRST301","message":"JWT expired"}""", "no valid token, or has expired (401, PGRST301)")]
    [InlineData(401, """{"code":"PGRST302","message":"Anonymous access is disabled"}""", "lets nobody read without a token (401, PGRST302)")]
    [InlineData(401, """{"message":"No API key found in request","hint":"No `apikey` request header or url param was found."}""", "received no key")]
    [InlineData(401, """{"message":"Invalid API key","hint":"Double check"}""", "does not know the key")]
    [InlineData(401, "secret words", "refused the key (401)")]
    [InlineData(403, """{"code":"42501","message":"permission denied for table conversations"}""", "does not let the key read conversations (403, 42501)")]
    [InlineData(404, """{"code":"42P01","message":"relation does not exist"}""", "has no table conversations (404, 42P01)")]
    [InlineData(404, """{"code":"PGRST205","message":"Could not find the table"}""", "Correct the names under Sources:Tables")]
    [InlineData(404, "{}", "has nothing at /rest/v1/conversations (404)")]
    [InlineData(406, """{"code":"PGRST106","message":"secret words"}""", "exposed schemas")]
    [InlineData(400, """{"code":"42703","message":"column conversations.titel does not exist"}""", "no such column in conversations: column conversations.titel does not exist (400, 42703)")]
    [InlineData(400, """{"code":"PGRST100","message":"secret words"}""", "does not understand the filter")]
    [InlineData(400, """{"code":"22P02","message":"secret words"}""", "cannot compare a column of conversations (400, 22P02)")]
    [InlineData(400, """{"code":"secret words","message":7}""", "refused to read conversations (400)")]
    [InlineData(540, "secret words", "is paused (540)")]
    [InlineData(200, "<!DOCTYPE html><html></html>", "with a web page")]
    public async Task A_refusal_is_not_tried_again(int status, string body, string expected)
    {
        _bench.Gateway.Script = _ => WebhookAnswer.Of(status, body);

        var failure = await _bench.FailAsync(_bench.Supabase());

        Assert.False(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        AssertQuiet(failure);
        Assert.Single(_bench.Gateway.Calls);
    }

    [Theory]
    [InlineData(500, """{"code":"57014","message":"canceling statement due to statement timeout"}""", "Add an index")]
    [InlineData(503, """{"code":"PGRST000","message":"secret words"}""", "no connection to its database (503, PGRST000)")]
    [InlineData(503, """{"code":"PGRST001","message":"secret words"}""", "no connection to its database (503, PGRST001)")]
    [InlineData(503, """{"code":"PGRST002","message":"secret words"}""", "no connection to its database (503, PGRST002)")]
    [InlineData(504, """{"code":"PGRST003","message":"secret words"}""", "no free connection")]
    [InlineData(429, """{"message":"secret words"}""", "takes no more calls for now (429)")]
    [InlineData(408, "", "gave up waiting (408)")]
    [InlineData(502, "<html>secret words</html>", "failed to read conversations (502)")]
    [InlineData(522, "", "(522)")]
    [InlineData(200, "[{\"id\":1,\"title\":\"secret words", "cut off or not JSON")]
    [InlineData(200, "", "cut off or not JSON")]
    [InlineData(200, """{"secret words":1}""", "no list of rows")]
    [InlineData(0, "", "the connection broke")]
    public async Task What_may_pass_is_tried_again_and_reported_if_it_stays(int status, string body, string expected)
    {
        var left = 3;
        _bench.Gateway.Script = _ => left-- > 0 ? WebhookAnswer.Of(status, body) : null;
        Assert.Single(await _bench.ReadAsync(_bench.Supabase()));

        _bench.Gateway.Script = _ => WebhookAnswer.Of(status, body);
        var failure = await _bench.FailAsync(_bench.Supabase());

        Assert.True(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("It was tried 4 times.", failure.Message, StringComparison.Ordinal);
        AssertQuiet(failure);
    }

    [Theory]
    [InlineData("https://login.example.org/sso?token=abc", "the host login.example.org")]
    [InlineData("/login?token=abc", "another path")]
    public async Task A_redirect_is_refused_and_only_its_host_is_named(string location, string expected)
    {
        _bench.Gateway.Script = _ => WebhookAnswer.Of(302) with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = location } };

        var failure = await _bench.FailAsync(_bench.Supabase());

        Assert.False(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", failure.Message, StringComparison.Ordinal);
        Assert.Single(_bench.Gateway.Calls);
    }

    [Fact]
    public async Task A_range_that_cannot_be_satisfied_is_the_end()
    {
        _bench.Gateway.Script = call => call.Query.Contains("id=gt.", StringComparison.Ordinal) ? WebhookAnswer.Of(416, """{"code":"PGRST103","message":"Requested range not satisfiable"}""") : null;

        Assert.Single(await _bench.ReadAsync(_bench.Supabase()));
    }

    [Fact]
    public async Task A_count_that_takes_too_long_is_done_without()
    {
        _bench.Gateway.Script = call => call.Headers.ContainsKey("Prefer") ? WebhookAnswer.Of(500, """{"code":"57014","message":"canceling statement due to statement timeout"}""") : null;

        Assert.Single(await _bench.ReadAsync(_bench.Supabase()));
        Assert.Equal((1, null), _bench.Observer.Progress[^1]);
    }

    [Fact]
    public async Task A_server_that_never_gets_the_filters_is_found_out()
    {
        _bench.Gateway.Script = _ => WebhookAnswer.Of(200, """[{"id":1,"conversation_id":1,"content":"secret words","created_at":"2026-01-01T00:00:00"}]""");

        var failure = await _bench.FailAsync(_bench.Supabase());

        Assert.False(failure.IsTransient);
        Assert.Contains("gives the same rows of messages page after page", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_hangs_ends_at_its_timeout()
    {
        _bench.Gateway.Script = _ =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(30));
            return WebhookAnswer.Silence;
        };

        var failure = await _bench.FailAsync(_bench.Supabase(options => options.Timeout = TimeSpan.FromSeconds(30)));

        Assert.True(failure.IsTransient);
        Assert.Contains("did not answer whole within 30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var failure = await _bench.FailAsync(_bench.Supabase(options => options.Url = $"http://127.0.0.1:{port}"));

        Assert.True(failure.IsTransient);
        Assert.Contains("cannot be reached: nothing listens there", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertQuiet(Exception failure)
    {
        Assert.DoesNotContain("secret words", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SupabaseGateway.Key, failure.ToString(), StringComparison.Ordinal);
    }
}
