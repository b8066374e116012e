using System.Net;
using System.Net.Sockets;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>Every way in which the server fails is told apart and said plainly, and what may pass is tried again.</summary>
public sealed class ServerFailureTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await SourceBench.StartAsync();
        _bench.Stub.Add(new StubChat { Id = 1 });
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData(400, "refused POST v1/admin/workspace-chats (400)")]
    [InlineData(401, "asks for another sign-in (401)")]
    [InlineData(403, "refused the key (403)")]
    [InlineData(404, "must lead to AnythingLLM and end in /api")]
    [InlineData(418, "(418)")]
    public async Task A_refusal_is_not_tried_again(int status, string expected)
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Answer(status, "secret words"));

        var failure = await _bench.FailAsync();

        Assert.False(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        AssertQuiet(failure);
        Assert.Single(_bench.Stub.Calls);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_words()
    {
        var failure = await _bench.FailAsync(change: options => options.ApiKey = "OTHER-KEY");

        Assert.Contains("Sources:AnythingLlm:ApiKey", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("OTHER-KEY", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/wrong/path")]
    public async Task An_address_without_api_is_recognised(string path)
    {
        var failure = await _bench.FailAsync(change: options => options.Url = _bench.Stub.Root + path);

        Assert.False(failure.IsTransient);
        Assert.Contains("end in /api", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task A_web_page_is_recognised_whatever_it_is_called(string contentType)
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Answer(200, "<!DOCTYPE html><html></html>", contentType));

        Assert.Contains("with a web page", (await _bench.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Single(_bench.Stub.Calls);
    }

    [Theory]
    [InlineData("https://login.example.org/sso?token=abc", "the host login.example.org")]
    [InlineData("/login?token=abc", "another path")]
    [InlineData(null, "another path")]
    public async Task A_redirect_is_refused_and_only_its_host_is_named(string? location, string expected)
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Answer(302, "moved", location: location));

        var failure = await _bench.FailAsync();

        Assert.False(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", failure.Message, StringComparison.Ordinal);
        Assert.Single(_bench.Stub.Calls);
    }

    public static TheoryData<string, object> Passing => new()
    {
        { "(500)", StubFault.Answer(500, "Internal Server Error") },
        { "(502)", StubFault.Answer(502, "<html>secret words</html>", "text/html") },
        { "(503)", StubFault.Answer(503, string.Empty) },
        { "takes no more calls for now (429)", StubFault.Answer(429, "slow down") },
        { "(408)", StubFault.Answer(408, string.Empty) },
        { "cut off or not JSON", StubFault.Truncated("{\"chats\":[{\"id\":1,\"prompt\":\"secret words") },
        { "cut off or not JSON", StubFault.Json("{\"chats\":[") },
        { "cut off or not JSON", StubFault.Json(string.Empty) },
        { "cut off or not JSON", StubFault.Answer(200, "OK") },
        { "there is no list \"chats\"", StubFault.Json("{\"error\":\"secret words\"}") },
        { "there is no list \"chats\"", StubFault.Json("[]") },
        { "there is no list \"chats\"", StubFault.Json("{\"chats\":{},\"hasPages\":false}") },
        { "\"hasPages\" is neither", StubFault.Json("{\"chats\":[]}") },
        { "\"hasPages\" is neither", StubFault.Json("{\"chats\":[],\"hasPages\":\"no\"}") },
        { "the name of a field is no text", StubFault.Json("{\"\\ud800\":0}") },
        { "the connection broke", StubFault.Break() },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_may_pass_is_tried_again_and_reported_if_it_stays(string expected, object fault)
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat((StubFault)fault, 3));
        Assert.Equal(2, (await _bench.ReadAsync()).Count);
        Assert.Equal(4, _bench.Stub.Calls.Count);

        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat((StubFault)fault, 6));
        var failure = await _bench.FailAsync(change: options => options.Attempts = 6);

        Assert.True(failure.IsTransient);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("It was tried 6 times.", failure.Message, StringComparison.Ordinal);
        AssertQuiet(failure);
        Assert.Equal(4 + 6, _bench.Stub.Calls.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var failure = await _bench.FailAsync(change: options => options.Url = $"http://127.0.0.1:{port}/api");

        Assert.True(failure.IsTransient);
        Assert.Contains($"http://127.0.0.1:{port}/api cannot be reached: nothing listens there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_named()
    {
        var failure = await _bench.FailAsync(change: options => options.Url = "http://nowhere.invalid/api");

        Assert.True(failure.IsTransient);
        Assert.Contains("its name is not known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_a_certificate_is_named()
    {
        var failure = await _bench.FailAsync(change: options => options.Url = _bench.Stub.Url.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Contains("no secure connection", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_hangs_ends_at_its_timeout_and_is_made_again()
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat(StubFault.Hang(), 4));

        var failing = _bench.FailAsync(change: options => options.Timeout = TimeSpan.FromSeconds(30));
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await _bench.Stub.ArrivalAsync(TestContext.Current.CancellationToken);
            _bench.Time.Advance(TimeSpan.FromSeconds(30));
        }

        var failure = await failing;
        Assert.True(failure.IsTransient);
        Assert.Contains("whole within 30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_that_hangs()
    {
        using var cancellation = new CancellationTokenSource();
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Hang());

        var ending = Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Source().ReadAsync(ReadRequest.Everything, _bench.Observer, cancellation.Token).ToListAsync(cancellation.Token).AsTask());
        await _bench.Stub.ArrivalAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        await ending;
    }

    [Fact]
    public async Task Pauses_double_and_vary()
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, Enumerable.Repeat(StubFault.Answer(500, "no"), 3));

        var pauses = await PausesAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(3, pauses.Count);
        Assert.All(pauses.Index(), pause => Assert.InRange(pause.Item, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(30) * Math.Pow(2, pause.Index)));
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "0", null)]
    [InlineData(429, "3600", 120)]
    [InlineData(503, "Mon, 01 Jun 2026 00:00:45 GMT", 45)]
    [InlineData(503, "Mon, 01 Jun 2020 00:00:00 GMT", null)]
    public async Task The_server_may_say_how_long_to_wait_up_to_two_minutes(int status, string retryAfter, int? seconds)
    {
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Answer(status, "later", retryAfter: retryAfter));

        Assert.Equal(seconds is { } wait ? [TimeSpan.FromSeconds(wait)] : [], await PausesAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task The_check_says_what_it_found()
    {
        var good = await _bench.Source().DiagnoseAsync(CancellationToken.None);
        Assert.True(good.Healthy);
        Assert.Equal($"AnythingLLM at {_bench.Stub.Url} accepts the key and lists 1 chat", good.Finding);

        _bench.Stub.Add(Enumerable.Range(1, 30).Select(id => new StubChat { Id = id }));
        Assert.EndsWith("lists 20 chats on the first of its pages", (await _bench.Source().DiagnoseAsync(CancellationToken.None)).Finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_says_how_to_mend_it_and_tries_once()
    {
        var wrongKey = await _bench.Source(options => options.ApiKey = "OTHER-KEY").DiagnoseAsync(CancellationToken.None);
        Assert.False(wrongKey.Healthy);
        Assert.Contains("refused the key", wrongKey.Finding, StringComparison.Ordinal);
        Assert.Contains("Sources:AnythingLlm:ApiKey", wrongKey.Advice, StringComparison.Ordinal);

        var calls = _bench.Stub.Calls.Count;
        _bench.Stub.Fail(AnythingLlmStub.AuthRoute, StubFault.Answer(500, "Internal Server Error"));
        Assert.Contains("(500)", (await _bench.Source().DiagnoseAsync(CancellationToken.None)).Finding, StringComparison.Ordinal);
        Assert.Equal(calls + 1, _bench.Stub.Calls.Count);

        _bench.Stub.Fail(AnythingLlmStub.AuthRoute, StubFault.Json("{\"authenticated\":false}"));
        Assert.False((await _bench.Source().DiagnoseAsync(CancellationToken.None)).Healthy);
        _bench.Stub.Fail(AnythingLlmStub.ChatsRoute, StubFault.Empty(hasPages: true));
        Assert.Contains("empty list", (await _bench.Source().DiagnoseAsync(CancellationToken.None)).Finding, StringComparison.Ordinal);
        Assert.Contains("end in /api", (await _bench.Source(options => options.Url = _bench.Stub.Root).DiagnoseAsync(CancellationToken.None)).Advice, StringComparison.Ordinal);
    }

    private static void AssertQuiet(SourceException failure) =>
        Assert.All(["secret", AnythingLlmStub.Key], word => Assert.DoesNotContain(word, failure.ToString(), StringComparison.Ordinal));

    /// <summary>Reads with pauses, which pass at once, and gets how long they were.</summary>
    private async Task<List<TimeSpan>> PausesAsync(TimeSpan delay)
    {
        var timeout = TimeSpan.FromSeconds(99);
        var pauses = new List<TimeSpan>();
        var reading = _bench.ReadAsync(change: options => (options.Delay, options.Timeout) = (delay, timeout));
        while (!reading.IsCompleted)
        {
            if (_bench.Time.Delays.Where(pause => pause != timeout).Skip(pauses.Count).Select(pause => (TimeSpan?)pause).FirstOrDefault() is { } pause)
            {
                pauses.Add(pause);
                _bench.Time.Advance(pause);
            }

            await Task.Yield();
        }

        Assert.Equal(2, (await reading).Count);
        return pauses;
    }
}
