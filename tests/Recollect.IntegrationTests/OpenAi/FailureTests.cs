using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

public sealed class FailureTests : IAsyncLifetime
{
    private const string Secret = "The safe is behind the picture";

    private EmbeddingServer _server = null!;

    public static TheoryData<string, EmbeddingAnswer, bool, string> Faults() => new()
    {
        { "too long", EmbeddingAnswer.Error(400, "invalid_request_error", "context_length_exceeded", Secret), false, "too long" },
        { "wrong request", EmbeddingAnswer.Error(400, "invalid_request_error", code: null, Secret), false, "SendDimensions" },
        { "key", EmbeddingAnswer.Error(401, "invalid_request_error", "invalid_api_key", $"Incorrect API key provided: {Embedders.Key}"), false, "ApiKey" },
        { "credit", EmbeddingAnswer.Error(402, "payment", code: null), false, "credit" },
        { "rights", EmbeddingAnswer.Error(403, "permission", code: null), false, "rights" },
        { "model", EmbeddingAnswer.Error(404, "invalid_request_error", "model_not_found"), false, "Model" },
        { "model of Ollama", new() { Status = 404, Body = "{\"error\":\"model not found, try pulling it first\"}" }, false, "pull" },
        { "rate", EmbeddingAnswer.TooMany("7"), true, "Concurrency" },
        { "quota", EmbeddingAnswer.NoQuota, false, "no quota left" },
        { "server", new() { Status = 500, Body = "<h1>oops</h1>" }, true, "500" },
        { "away", new() { Status = 503, Body = "upstream" }, true, "503" },
        { "redirect", new() { Status = 307, Body = "", Location = "https://elsewhere.example/v1?token=abc" }, false, "redirects" },
        { "cut off", new() { Change = body => body[..(body.Length / 2)] }, true, "cut off" },
        { "not JSON", new() { Change = _ => "<html>welcome</html>" }, true, "not JSON" },
        { "no answer", new() { Change = _ => string.Empty }, true, "not JSON" },
        { "hidden error", new() { Body = "{\"error\":{\"message\":\"no\",\"code\":502}}" }, true, "error in place" },
        { "another shape", new() { Body = "{\"embeddings\":[[1,2]]}" }, true, "0 vectors for 3" },
        { "too few", new() { Vectors = vectors => vectors.Skip(1) }, true, "2 vectors for 3" },
        { "twice", new() { Vectors = vectors => vectors.Append(vectors[0]) }, true, "two vectors" },
        { "unknown index", new() { Vectors = vectors => vectors.Select(item => (item.Index + 1, item.Vector)) }, true, "not of one of the 3" },
        { "no index", new() { Change = body => body.Replace("\"index\"", "\"no\"", StringComparison.Ordinal) }, true, "not of one of the 3" },
        { "dimension", new() { Vectors = vectors => vectors.Select(item => (item.Index, item.Vector[..5])) }, false, "5 dimensions" },
        { "zero", new() { Vectors = vectors => vectors.Select(item => (item.Index, new float[8])) }, true, "zeros" },
        { "no number", new() { Vectors = vectors => vectors.Select(item => (item.Index, item.Vector.Select(_ => float.NaN).ToArray())) }, true, "no numbers" },
        { "NaN as text", new() { Change = body => body.Replace("null", "\"NaN\"", StringComparison.Ordinal), Vectors = vectors => vectors.Select(item => (item.Index, new float[8].Select(_ => float.NaN).ToArray())) }, true, "no numbers" },
        { "cut", EmbeddingAnswer.Cut, true, "broke" },
    };

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Each_failure_says_what_to_do_and_whether_it_may_pass(string what, EmbeddingAnswer answer, bool isTransient, string says)
    {
        _server.Script(_ => answer);
        using var embedder = Embedders.Of(_server);

        var failure = await Embedders.FailAsync(embedder, Secret, "two", "three");

        Assert.True(failure.IsTransient == isTransient, $"{what}: {failure.Message}");
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 3), (failure.Usage.Calls, failure.Usage.Texts));
        Assert.True(failure.Usage.Tokens > 0, what);
        for (Exception? one = failure; one is not null; one = one.InnerException)
        {
            Assert.DoesNotContain(Embedders.Key, one.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, one.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("token=", one.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    public async Task What_the_server_asks_to_wait_is_passed_on(string header, int seconds)
    {
        _server.Script(_ => EmbeddingAnswer.TooMany(header));
        using var embedder = Embedders.Of(_server);
        Assert.Equal(TimeSpan.FromSeconds(seconds), (await Embedders.FailAsync(embedder, "one")).RetryAfter);
    }

    [Fact]
    public async Task A_date_to_wait_for_is_read_by_the_clock()
    {
        var time = new ManualTime(new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        _server.Script(_ => EmbeddingAnswer.TooMany("Fri, 20 Nov 2026 10:01:30 GMT"));
        using var embedder = Embedders.Of(_server, options => options.Linger = TimeSpan.Zero, time);
        Assert.Equal(TimeSpan.FromSeconds(90), (await Embedders.FailAsync(embedder, "one")).RetryAfter);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var arrived = new TaskCompletionSource();
        _server.Script(_ =>
        {
            arrived.TrySetResult();
            return EmbeddingAnswer.Silence;
        });
        using var embedder = Embedders.Of(_server, options => options.Linger = TimeSpan.Zero, time);
        var failing = Embedders.FailAsync(embedder, "one");
        await arrived.Task;
        time.Advance(TimeSpan.FromMinutes(1));
        var failure = await failing;
        Assert.True(failure.IsTransient);
        Assert.Contains("Embedding:OpenAi:Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_costs_no_tokens()
    {
        var url = _server.Url;
        await _server.DisposeAsync();
        _server = await EmbeddingServer.StartAsync();
        using var embedder = Embedders.Of(_server, options => options.Endpoint = url);
        var failure = await Embedders.FailAsync(embedder, "one");
        Assert.True(failure.IsTransient);
        Assert.Contains("nothing listens there", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (failure.Usage.Calls, failure.Usage.Tokens));
    }
}
