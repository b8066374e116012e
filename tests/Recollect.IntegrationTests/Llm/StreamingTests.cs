using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Recollect.Connectors.Anthropic;
using Recollect.IntegrationTests.OpenAi;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

/// <summary>Replies that are sent while they are made.</summary>
public sealed class StreamingTests : IAsyncLifetime
{
    private const string Reply = "The budget is 1,200 €. שלום 👩‍👩‍👧 and that is all.";

    private readonly ManualTime _time = new(new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task The_pieces_are_the_whole_whether_or_not_the_server_streams(bool isAnthropic, bool streams)
    {
        _server.DoesStream = streams;
        _server.Script(_ => ChatAnswer.Says(Reply));
        using var client = Client(isAnthropic);

        var updates = await AskAsync(client).ToListAsync();

        Assert.Equal(Reply, string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(streams, updates.Count(update => update.Text.Length > 0) > 5);
        Assert.Contains(updates, update => update.FinishReason == ChatFinishReason.Stop);
        Assert.True(_server.Calls.Single().Streams);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_at_its_longest_says_so(bool isAnthropic)
    {
        _server.Script(_ => ChatAnswer.CutShort);
        using var client = Client(isAnthropic);

        Assert.Contains(await AskAsync(client).ToListAsync(), update => update.FinishReason == ChatFinishReason.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_that_breaks_off_is_a_failure_wherever_it_breaks(bool isAnthropic)
    {
        using var client = Client(isAnthropic);
        for (var percent = 0; percent < 90; percent += 7)
        {
            var kept = percent;
            _server.Script(_ => ChatAnswer.Says(Reply) with { Change = body => body[..(body.Length * kept / 100)] });

            var failure = await Assert.ThrowsAsync<GenerationException>(async () => await AskAsync(client).ToListAsync());

            Assert.True(failure.IsTransient);
        }
    }

    [Theory]
    [MemberData(nameof(ChatFailureTests.Faults), MemberType = typeof(ChatFailureTests), DisableDiscoveryEnumeration = true)]
    public async Task Failures_are_those_of_a_reply_in_one_piece(string what, ChatAnswer answer, bool isTransient, string says)
    {
        _server.Script(_ => answer);
        using var client = LlmWriters.Client(_server);

        var failure = await Assert.ThrowsAsync<GenerationException>(async () => await AskAsync(client).ToListAsync());

        Assert.True(failure.IsTransient == isTransient, $"{what}: {failure.Message}");
        Assert.True(failure.Message.Contains(says, StringComparison.Ordinal) || says is "StructuredOutput" or "another shape" or "cut off", $"{what}: {failure.Message}");
        Assert.DoesNotContain(LlmWriters.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {\"error\":{\"message\":\"no\"}}\n\n")]
    [InlineData("data: {\"choices\":[]}\n\n")]
    [InlineData("data: []\n\ndata: [DONE]\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n")]
    [InlineData("data: \u0000\n\n")]
    [InlineData("<html>")]
    public async Task What_is_no_reply_is_a_failure(string stream)
    {
        _server.Script(_ => ChatAnswer.Says(Reply) with { Change = _ => stream });
        using var client = LlmWriters.Client(_server);

        Assert.True((await Assert.ThrowsAsync<GenerationException>(async () => await AskAsync(client).ToListAsync())).IsTransient);
    }

    [Fact]
    public async Task A_field_that_the_model_does_not_know_is_left_out_from_then_on()
    {
        _server.Script(call => call.Body.TryGetProperty("temperature", out _) ? ChatAnswer.Error(400, "invalid_request_error", "unsupported_value", field: "temperature") : ChatAnswer.Says(Reply));
        using var client = LlmWriters.Client(_server);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(Reply, string.Concat((await AskAsync(client).ToListAsync()).Select(update => update.Text)));
        }

        Assert.Equal(3, _server.Calls.Count);
    }

    [Fact]
    public async Task Whoever_stops_reading_stops_the_call()
    {
        _server.Script(_ => ChatAnswer.Says(Reply));
        using var client = LlmWriters.Client(_server);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in AskAsync(client, stop.Token))
            {
                await stop.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_reply_that_does_not_come_is_given_up()
    {
        _server.Script(_ => ChatAnswer.Silence);
        using var client = LlmWriters.Client(_server, time: _time);

        var failure = await Assert.ThrowsAsync<GenerationException>(() => _time.DriveAsync(async () => (await AskAsync(client).ToListAsync()).Count));

        Assert.Contains("did not answer whole", failure.Message, StringComparison.Ordinal);
    }

    private static IAsyncEnumerable<ChatResponseUpdate> AskAsync(IChatClient client, CancellationToken cancellationToken = default) =>
        client.GetStreamingResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "What is the budget?")], new() { Temperature = 0.7f, MaxOutputTokens = 1_000 }, cancellationToken);

    private IChatClient Client(bool isAnthropic) => isAnthropic
        ? new AnthropicChatClient(Options.Create(new AnthropicOptions { Endpoint = _server.Url, ApiKey = LlmWriters.Key, Model = "claude" }), TimeProvider.System)
        : LlmWriters.Client(_server);
}
