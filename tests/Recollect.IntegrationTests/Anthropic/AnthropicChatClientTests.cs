using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Conformance.Servers;
using Recollect.Connectors.Anthropic;
using Recollect.IntegrationTests.Llm;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.IntegrationTests.Anthropic;

public sealed class AnthropicChatClientTests : IAsyncLifetime
{
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_request_has_the_shape_of_the_api()
    {
        var written = await LlmWriters.WriteAsync(Writer(options => options.Temperature = 0), LlmWriters.Talk("One", "Two"));
        var call = Assert.Single(_server.Calls);

        Assert.Equal(("/v1/messages", LlmWriters.Key, "2023-06-01"), (call.Path, call.Headers["x-api-key"], call.Headers["anthropic-version"]));
        Assert.False(call.Headers.ContainsKey("authorization"));
        Assert.Equal(["model", "max_tokens", "system", "messages", "temperature", "output_config"], call.Body.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
        Assert.Equal(["user"], call.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()), StringComparer.Ordinal);
        Assert.Equal("json_schema", call.Format);
        Assert.DoesNotContain("minLength", call.Schema!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((1, _server.Billed.Input, _server.Billed.Output), (written.Usage.Calls, written.Usage.InputTokens, written.Usage.OutputTokens));
        Assert.StartsWith("It begins with One", written.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_takes_no_schema_is_asked_by_the_prompt_alone()
    {
        _server.Script(call => call.Format is not null ? ChatAnswer.Error(400, "invalid_request_error", code: null, "output_config: not supported by this model") : null);
        var writer = Writer();
        await LlmWriters.WriteAsync(writer, LlmWriters.Talk("One"));
        await LlmWriters.WriteAsync(writer, LlmWriters.Talk("Two"));
        Assert.Equal(["json_schema", null, null], _server.Calls.Select(call => call.Format), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Thoughts_are_no_reply_and_tokens_of_the_cache_count()
    {
        _server.Script(_ => new() { Body = """{"type":"message","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"a"},{"type":"text","text":"b"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"cache_creation_input_tokens":20,"cache_read_input_tokens":100,"output_tokens":7}}""" });
        using var client = Client();
        var response = await AskAsync(client);
        Assert.Equal(("ab", 123, 7), (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Theory]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("refusal", "content_filter")]
    [InlineData("end_turn", "stop")]
    [InlineData("pause_turn", "pause_turn")]
    public async Task Why_it_stopped_is_passed_on(string stop, string reason)
    {
        _server.Script(_ => ChatAnswer.Says("hi") with { Finish = stop });
        using var client = Client();
        Assert.Equal(reason, (await AskAsync(client)).FinishReason?.Value);
    }

    public static TheoryData<string, ChatAnswer, bool, string> Faults() => new()
    {
        { "key", ChatAnswer.Error(401, "authentication_error", code: null, LlmWriters.Key), false, "Generation:Anthropic:ApiKey" },
        { "too long", ChatAnswer.Error(400, "invalid_request_error", code: null, "prompt is too long: 250000 tokens > 200000 maximum"), false, "MaxInputTokens" },
        { "too large", ChatAnswer.Error(413, "request_too_large", code: null), false, "MaxInputTokens" },
        { "rate", ChatAnswer.Error(429, "rate_limit_error", code: null) with { RetryAfter = "9" }, true, "rate_limit_error" },
        { "overloaded", ChatAnswer.Error(529, "overloaded_error", code: null), true, "overloaded_error" },
        { "hidden error", new() { Body = """{"type":"error","error":{"type":"api_error","message":"no"}}""" }, true, "error in place" },
        { "another shape", new() { Body = "{}" }, true, "another shape" },
        { "cut", ChatAnswer.Cut, true, "broke" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Each_failure_says_what_to_do_and_whether_it_may_pass(string what, ChatAnswer answer, bool isTransient, string says)
    {
        _server.Script(_ => answer);
        using var client = Client();
        var failure = await Assert.ThrowsAsync<GenerationException>(() => AskAsync(client));
        Assert.True(failure.IsTransient == isTransient, $"{what}: {failure.Message}");
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(says is "MaxInputTokens", failure.IsTooLong);
        Assert.Equal(answer.RetryAfter is null ? null : TimeSpan.FromSeconds(9), failure.RetryAfter);
        Assert.DoesNotContain(LlmWriters.Key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_checked_where_the_client_is_in_use()
    {
        Assert.True(Validate(new(), "anthropic").Succeeded);
        Assert.Equal(3, Validate(new() { Model = "", Endpoint = "x", ApiKey = "a b" }, "anthropic").Failures!.Count());
        Assert.True(Validate(new() { Endpoint = "x" }, "openai").Skipped);
    }

    private static ValidateOptionsResult Validate(AnthropicOptions options, string client) =>
        new AnthropicValidator(Options.Create(new GenerationOptions { Use = "llm" }), Options.Create(new LlmOptions { Client = client })).Validate(name: null, options);

    private LlmWriter Writer(Action<LlmOptions>? change = null) => LlmWriters.Over(Client(), options =>
    {
        options.Client = AnthropicOptions.ClientName;
        change?.Invoke(options);
    });

    private AnthropicChatClient Client() =>
        new(Options.Create(new AnthropicOptions { Endpoint = _server.Url, ApiKey = LlmWriters.Key, Model = "scripted" }), TimeProvider.System);

    private static Task<ChatResponse> AskAsync(AnthropicChatClient client) =>
        client.GetResponseAsync([new(ChatRole.User, "hi")], new ChatOptions { MaxOutputTokens = 16 }, TestContext.Current.CancellationToken);
}
