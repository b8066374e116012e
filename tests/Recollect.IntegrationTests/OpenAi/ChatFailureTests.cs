using Microsoft.Extensions.AI;
using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Recollect.IntegrationTests.Llm;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

public sealed class ChatFailureTests : IAsyncLifetime
{
    private const string Secret = "The safe is behind the picture";

    private ChatServer _server = null!;

    public static TheoryData<string, ChatAnswer, bool, string> Faults() => new()
    {
        { "too long", ChatAnswer.Error(400, "invalid_request_error", "context_length_exceeded", Secret), false, "MaxInputTokens" },
        { "too long, in words", ChatAnswer.Error(400, "BadRequestError", code: null, $"This model's maximum context length is 4096 tokens. {Secret}"), false, "MaxInputTokens" },
        { "too large", new() { Status = 413, Body = Secret }, false, "MaxInputTokens" },
        { "filter", ChatAnswer.Error(400, "invalid_request_error", "content_filter", Secret), false, "filter" },
        { "wrong request", ChatAnswer.Error(400, "invalid_request_error", code: null, Secret), false, "StructuredOutput" },
        { "key", ChatAnswer.Error(401, "invalid_request_error", "invalid_api_key", $"Incorrect API key provided: {LlmWriters.Key}"), false, "Generation:OpenAi:ApiKey" },
        { "credit", ChatAnswer.Error(402, "payment", code: null), false, "credit" },
        { "rights", ChatAnswer.Error(403, "permission", code: null), false, "rights" },
        { "model", ChatAnswer.Error(404, "invalid_request_error", "model_not_found"), false, "Generation:OpenAi:Model" },
        { "model of Ollama", new() { Status = 404, Body = "{\"error\":\"model not found, try pulling it first\"}" }, false, "pull" },
        { "rate", ChatAnswer.TooMany("7"), true, "Concurrency" },
        { "quota", ChatAnswer.NoQuota, false, "no quota left" },
        { "server", new() { Status = 500, Body = "<h1>oops</h1>" }, true, "500" },
        { "away", new() { Status = 503, Body = "upstream" }, true, "503" },
        { "redirect", new() { Status = 307, Body = "", Location = "https://elsewhere.example/v1?token=abc" }, false, "redirects" },
        { "cut off", new() { Change = body => body[..(body.Length / 2)] }, true, "cut off" },
        { "not JSON", new() { Change = _ => "<html>welcome</html>" }, true, "cut off" },
        { "an array", new() { Change = _ => "[]" }, true, "another shape" },
        { "no answer", new() { Change = _ => string.Empty }, true, "cut off" },
        { "hidden error", new() { Body = "{\"error\":{\"message\":\"no\",\"code\":502}}" }, true, "error in place" },
        { "another shape", new() { Body = "{\"response\":\"hi\"}" }, true, "another shape" },
        { "no choice", new() { Body = "{\"choices\":[]}" }, true, "another shape" },
        { "far too large", new() { Body = new string(' ', 17 * 1024 * 1024) + "{}" }, true, "another shape" },
        { "cut", ChatAnswer.Cut, true, "broke" },
    };

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Each_failure_says_what_to_do_and_whether_it_may_pass(string what, ChatAnswer answer, bool isTransient, string says)
    {
        _server.Script(_ => answer);
        using var client = LlmWriters.Client(_server);

        var failure = await FailAsync(client);

        Assert.True(failure.IsTransient == isTransient, $"{what}: {failure.Message}");
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(says is "MaxInputTokens", failure.IsTooLong);
        for (Exception? one = failure; one is not null; one = one.InnerException)
        {
            Assert.DoesNotContain(LlmWriters.Key, one.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, one.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("token=", one.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_writer_counts_calls_that_failed(string what, ChatAnswer answer, bool isTransient, string says)
    {
        _server.Script(_ => answer);
        var failure = await LlmWriters.FailAsync(LlmWriters.Of(_server), LlmWriters.Talk(Secret, "two"));

        Assert.True(failure.Usage.Calls == _server.Calls.Count, what);
        Assert.True(failure.IsTransient == isTransient || says is "MaxInputTokens", what);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_asks_to_wait_is_passed_on()
    {
        var time = new ManualTime(new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        using var client = LlmWriters.Client(_server, time: time);
        _server.Script(_ => ChatAnswer.TooMany("7"));
        Assert.Equal(TimeSpan.FromSeconds(7), (await FailAsync(client)).RetryAfter);
        _server.Script(_ => ChatAnswer.TooMany("Fri, 20 Nov 2026 10:01:30 GMT"));
        Assert.Equal(TimeSpan.FromSeconds(90), (await FailAsync(client)).RetryAfter);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var arrived = new TaskCompletionSource();
        _server.Script(_ =>
        {
            arrived.TrySetResult();
            return ChatAnswer.Silence;
        });
        using var client = LlmWriters.Client(_server, time: time);
        var failing = FailAsync(client);
        await arrived.Task;
        time.Advance(TimeSpan.FromMinutes(2));
        var failure = await failing;
        Assert.True(failure.IsTransient);
        Assert.Contains("Generation:OpenAi:Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_costs_no_tokens()
    {
        var url = _server.Url;
        await _server.DisposeAsync();
        _server = await ChatServer.StartAsync();
        var writer = LlmWriters.Over(LlmWriters.Client(_server, options => options.Endpoint = url));
        var failure = await LlmWriters.FailAsync(writer, LlmWriters.Talk("one"));
        Assert.True(failure.IsTransient);
        Assert.Contains("nothing listens there", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (failure.Usage.Calls, failure.Usage.InputTokens));
    }

    [Fact]
    public async Task The_doctor_asks_one_short_question_and_passes_on_what_is_wrong()
    {
        var writer = LlmWriters.Of(_server);
        var healthy = await writer.DiagnoseAsync(TestContext.Current.CancellationToken);
        Assert.True(healthy.Healthy);
        Assert.Contains("openai/scripted", healthy.Finding, StringComparison.Ordinal);
        Assert.Equal(16, Assert.Single(_server.Calls).MaxTokens);
        _server.Script(_ => ChatAnswer.Error(401, "invalid_request_error", "invalid_api_key"));
        await Assert.ThrowsAsync<GenerationException>(async () => await writer.DiagnoseAsync(TestContext.Current.CancellationToken));
    }

    private static Task<GenerationException> FailAsync(OpenAiChatClient client) => Assert.ThrowsAsync<GenerationException>(() =>
        client.GetResponseAsync([new(ChatRole.User, Secret)], new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, TestContext.Current.CancellationToken));
}
