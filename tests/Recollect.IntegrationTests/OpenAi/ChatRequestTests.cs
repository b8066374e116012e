using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Recollect.IntegrationTests.Llm;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

public sealed class ChatRequestTests : IAsyncLifetime
{
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_request_has_the_shape_of_the_api_and_a_strict_schema_without_bounds()
    {
        await LlmWriters.WriteAsync(LlmWriters.Of(_server, options => options.Temperature = 0.2f), LlmWriters.Talk("One"));
        var call = Assert.Single(_server.Calls);

        Assert.Equal(("/v1/chat/completions", $"Bearer {LlmWriters.Key}", "scripted"), (call.Path, call.Headers["authorization"], call.Body.GetProperty("model").GetString()));
        Assert.Equal(["model", "messages", "max_tokens", "temperature", "response_format"], call.Body.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
        Assert.Equal(0.2, call.Body.GetProperty("temperature").GetDouble(), 0.0001);
        var format = call.Body.GetProperty("response_format").GetProperty("json_schema");
        Assert.Equal(("memory", true), (format.GetProperty("name").GetString(), format.GetProperty("strict").GetBoolean()));
        Assert.DoesNotContain("minLength", format.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("minLength", call.SchemaInPrompt!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.False(call.Headers.ContainsKey("api-key"));
    }

    [Fact]
    public async Task A_schema_that_leaves_fields_open_is_not_called_strict()
    {
        await LlmWriters.WriteAsync(LlmWriters.Of(_server, options => options.Schema = "curiosity-v3"), LlmWriters.Talk("One"));
        Assert.False(Assert.Single(_server.Calls).Body.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
    }

    [Fact]
    public async Task A_query_of_the_endpoint_is_kept_and_without_a_key_none_is_sent()
    {
        using var client = LlmWriters.Client(_server, options => (options.Endpoint, options.ApiKey) = ($"{_server.Url}/?api-version=2026-01-01", string.Empty));
        await AskAsync(client);
        var call = Assert.Single(_server.Calls);
        Assert.Equal("/v1/chat/completions?api-version=2026-01-01", call.Path);
        Assert.False(call.Headers.ContainsKey("authorization"));
    }

    [Theory]
    [InlineData("max_tokens")]
    [InlineData("max_completion_tokens")]
    public async Task The_field_of_the_longest_reply_is_changed_where_it_is_refused_and_stays_so(string refused)
    {
        _server.Script(call => call.Body.TryGetProperty(refused, out _) ? ChatAnswer.Error(400, "invalid_request_error", "unsupported_parameter", $"Unsupported parameter: '{refused}'.", refused) : null);
        using var client = LlmWriters.Client(_server);
        var first = await AskAsync(client);
        var second = await AskAsync(client);

        var isRefused = refused is "max_tokens"; // the field that is sent to servers that are not OpenAI's
        Assert.Equal((isRefused ? 2 : 1, 1), (first.Usage!.AdditionalCounts!["calls"], second.Usage!.AdditionalCounts!["calls"]));
        Assert.All(_server.Calls, call => Assert.Equal(16, call.MaxTokens));
    }

    [Theory]
    [InlineData("invalid_value", "max_tokens is too large: 4096. This model supports at most 2048.", "max_tokens", false)]
    [InlineData(null, "This model's maximum context length is 4096 tokens, and max_tokens is 4096.", null, true)]
    public async Task A_value_that_is_not_right_changes_no_field(string? code, string sentence, string? field, bool isTooLong)
    {
        _server.Script(_ => ChatAnswer.Error(400, "invalid_request_error", code, sentence, field));
        using var client = LlmWriters.Client(_server);
        var failure = await Assert.ThrowsAsync<GenerationException>(() => AskAsync(client));
        Assert.Equal((1, isTooLong, false), (_server.Calls.Count, failure.IsTooLong, failure.IsFormatRefused));
    }

    [Fact]
    public async Task A_field_that_settings_name_is_kept()
    {
        _server.Script(_ => ChatAnswer.Error(400, "invalid_request_error", "unsupported_parameter", "no", "max_completion_tokens"));
        using var client = LlmWriters.Client(_server, options => options.MaxTokensField = MaxTokensField.MaxCompletionTokens);
        await Assert.ThrowsAsync<GenerationException>(() => AskAsync(client));
        Assert.True(Assert.Single(_server.Calls).Body.TryGetProperty("max_completion_tokens", out _));
    }

    [Fact]
    public async Task A_temperature_that_is_refused_is_left_out_from_then_on()
    {
        _server.Script(call => call.Body.TryGetProperty("temperature", out _) ? ChatAnswer.Error(400, "invalid_request_error", "unsupported_value", "no", "temperature") : null);
        var writer = LlmWriters.Of(_server, options => options.Temperature = 0);
        await LlmWriters.WriteAsync(writer, LlmWriters.Talk("One"));
        var written = await LlmWriters.WriteAsync(writer, LlmWriters.Talk("Two"));
        Assert.Equal((3, 1), (_server.Calls.Count, written.Usage.Calls));
        Assert.All(_server.Calls, call => Assert.Equal("json_schema", call.Format));
    }

    [Fact]
    public async Task A_refusal_and_a_stop_are_told_apart()
    {
        using var client = LlmWriters.Client(_server);
        _server.Script(_ => ChatAnswer.Refused);
        Assert.Single((await AskAsync(client)).Messages[0].Contents.OfType<ErrorContent>());
        _server.Script(_ => ChatAnswer.CutShort);
        Assert.Equal(ChatFinishReason.Length, (await AskAsync(client)).FinishReason);
        _server.Script(_ => ChatAnswer.Says("hi"));
        Assert.Equal((ChatFinishReason.Stop, "hi"), ((await AskAsync(client)).FinishReason, (await AskAsync(client)).Text));
    }

    [Fact]
    public async Task A_stream_gives_the_whole_reply()
    {
        _server.Script(_ => ChatAnswer.Says("hello"));
        using var client = LlmWriters.Client(_server);
        var updates = await client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("hello", string.Concat(updates.Select(update => update.Text)));
    }

    [Fact]
    public async Task What_an_endpoint_does_not_count_is_estimated()
    {
        _server.SaysUsage = false;
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server), LlmWriters.Talk("One"));
        Assert.InRange(written.Usage.InputTokens, _server.Billed.Input / 2, _server.Billed.Input * 2);
        Assert.InRange(written.Usage.OutputTokens, _server.Billed.Output / 2, _server.Billed.Output * 2);
    }

    [Fact]
    public async Task A_caller_that_gives_up_ends_the_request()
    {
        using var abandoned = new CancellationTokenSource();
        _server.ScriptAsync = async _ =>
        {
            await abandoned.CancelAsync();
            return ChatAnswer.Silence;
        };
        using var client = LlmWriters.Client(_server);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync([new(ChatRole.User, "hi")], cancellationToken: abandoned.Token));
    }

    [Theory]
    [InlineData("", "Endpoint is empty")]
    [InlineData("localhost:11434", "Endpoint is no http or https address")]
    [InlineData("https://user:hunter2@example.org/v1", "Endpoint holds a user or password")]
    public void A_wrong_address_is_refused_and_not_repeated(string endpoint, string says)
    {
        var failure = Assert.Single(Validate(new() { Endpoint = endpoint }).Failures!);
        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_right_and_a_client_that_is_not_in_use_may_be_wrong()
    {
        Assert.True(Validate(new()).Succeeded);
        Assert.Equal(3, Validate(new() { Model = "", Endpoint = "", ApiKey = "sk secret" }).Failures!.Count());
        Assert.True(Validate(new() { Endpoint = "" }, client: "anthropic").Skipped);
        Assert.True(Validate(new() { Endpoint = "" }, use: "extractive").Skipped);
    }

    private static ValidateOptionsResult Validate(OpenAiChatOptions options, string use = "llm", string client = "openai") =>
        new OpenAiChatValidator(Options.Create(new GenerationOptions { Use = use }), Options.Create(new LlmOptions { Client = client })).Validate(name: null, options);

    private static Task<ChatResponse> AskAsync(OpenAiChatClient client) =>
        client.GetResponseAsync([new(ChatRole.User, "hi")], new ChatOptions { MaxOutputTokens = 16 }, TestContext.Current.CancellationToken);
}
