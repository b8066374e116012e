using System.Globalization;
using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.Conversations;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

public sealed class SplittingTests : IAsyncLifetime
{
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_conversation_that_is_longer_than_a_request_is_written_in_parts_and_joined()
    {
        _server.Script(FactOfEachMessage);
        var conversation = Long(60);
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server, options => options.MaxInputTokens = 2_000), conversation);

        Assert.InRange(_server.Calls.Count, 3, 20);
        Assert.Equal(conversation.Messages.Select(message => message.Id), written.Facts.Select(fact => Assert.Single(fact.Citations).MessageId), StringComparer.Ordinal);
        Assert.All(written.Facts, fact => Assert.NotNull(fact.Citations[0].Quote));
        Assert.Equal("The whole.", written.Summary);
        Assert.Equal(["boats"], written.Topics);
        Assert.Equal((_server.Calls.Count, _server.Billed.Input, _server.Billed.Output), (written.Usage.Calls, written.Usage.InputTokens, written.Usage.OutputTokens));
        Assert.All(_server.Calls, call => Assert.InRange(_server.CountTokens(call.System) + _server.CountTokens(call.User), 1, 2_200));
    }

    [Fact]
    public async Task A_request_that_the_model_finds_too_long_is_halved_until_it_fits()
    {
        _server.Script(call => _server.CountTokens(call.System + call.User) > 1_800 ? ChatAnswer.TooLong : FactOfEachMessage(call));
        var conversation = Long(60);
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server), conversation);

        Assert.Equal(conversation.Messages.Select(message => message.Id), written.Facts.Select(fact => Assert.Single(fact.Citations).MessageId), StringComparer.Ordinal);
        Assert.Equal((_server.Calls.Count, _server.Billed.Input), (written.Usage.Calls, written.Usage.InputTokens));
    }

    [Fact]
    public async Task A_reply_that_is_cut_off_is_asked_for_in_halves()
    {
        _server.Script(FactOfEachMessage); // the server cuts replies of more tokens than asked for
        var conversation = Long(40);
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server, options => options.MaxOutputTokens = 400), conversation);

        Assert.Equal(conversation.Messages.Select(message => message.Id), written.Facts.Select(fact => Assert.Single(fact.Citations).MessageId), StringComparer.Ordinal);
        Assert.InRange(_server.Calls.Count, 4, 30);
    }

    [Fact]
    public async Task A_model_that_never_comes_to_an_end_fails_after_a_bounded_number_of_calls()
    {
        _server.Script(_ => ChatAnswer.CutShort);
        var failure = await LlmWriters.FailAsync(LlmWriters.Of(_server), Long(2_000));

        Assert.False(failure.IsTransient);
        Assert.Contains("MaxOutputTokens", failure.Message, StringComparison.Ordinal);
        Assert.InRange(_server.Calls.Count, 2, 10);
    }

    [Fact]
    public async Task A_single_message_that_is_longer_than_a_request_is_read_in_pieces()
    {
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"Boat {i} is blue. ")));
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server, options => options.MaxInputTokens = 3_000), LlmWriters.Talk(text));

        var read = string.Concat(_server.Calls.SelectMany(call => call.Material).Where(line => line.StartsWith("m1 user: ", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<string>(line["m1 user: ".Length..])));
        Assert.Equal(text, read);
        Assert.NotEmpty(written.Facts);
    }

    [Fact]
    public async Task Objects_of_another_schema_are_merged_by_the_model_as_often_as_it_takes()
    {
        var writer = LlmWriters.Of(_server, options => (options.Schema, options.MaxInputTokens) = ("curiosity-v2", 1_160));
        var written = await LlmWriters.WriteAsync(writer, Long(200));

        using var data = JsonDocument.Parse(written.Data!);
        Assert.Null(MemorySchema.Load("curiosity-v2").Root.FindMisfit(data.RootElement));
        Assert.True(_server.Calls.Count(call => call.User.StartsWith("The conversation was too long", StringComparison.Ordinal)) > 1);
        Assert.All(_server.Calls, call => Assert.InRange(_server.CountTokens(call.System + call.User), 1, 1_700));
    }

    [Fact]
    public async Task Another_try_does_not_pay_again_for_the_parts_that_were_written()
    {
        var isAway = true;
        _server.Script(call => isAway && call.Number == 3 ? ChatAnswer.Error(500, "server_error", code: null) : FactOfEachMessage(call));
        var writer = LlmWriters.Of(_server, options => options.MaxInputTokens = 2_000);
        var conversation = Long(60);
        var failure = await LlmWriters.FailAsync(writer, conversation);
        isAway = false;
        var written = await LlmWriters.WriteAsync(writer, conversation);

        Assert.True(failure.IsTransient);
        Assert.Equal((3, _server.Calls.Count), (failure.Usage.Calls, failure.Usage.Calls + written.Usage.Calls));
        Assert.Equal(_server.Calls.Count - 1, _server.Calls.Select(call => call.User).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(60, written.Facts.Count);
    }

    [Fact]
    public async Task What_is_said_in_two_parts_stays_once()
    {
        _server.Script(call => call.User.StartsWith("The conversation was too long", StringComparison.Ordinal) ? null : ChatAnswer.Says(
            $$"""{"summary":"s","topics":["Boats","boats"],"facts":[{"text":"Boats float.","message_ids":["{{call.Material[1].Split(' ')[0]}}"],"quote":null}],"open_questions":[],"preferences":[]}"""));
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server, options => options.MaxInputTokens = 2_000), Long(60));

        Assert.Equal("Boats float.", Assert.Single(written.Facts).Text);
        Assert.Equal(["Boats"], written.Topics);
    }

    private static ChatAnswer? FactOfEachMessage(ChatCall call)
    {
        if (call.User.StartsWith("The conversation was too long", StringComparison.Ordinal))
        {
            return ChatAnswer.Says("""{"summary":"The whole."}""");
        }

        var ids = call.Material.Where(line => line.StartsWith('m')).Select(line => line.Split(' ')[0]);
        var facts = ids.Select(id => new { text = $"What {id} says.", message_ids = new[] { id }, quote = $"boat {id[1..]} " });
        return ChatAnswer.Says(JsonSerializer.Serialize(new { summary = "A part.", topics = new[] { "boats" }, facts, open_questions = Array.Empty<object>(), preferences = Array.Empty<object>() }));
    }

    private static Conversation Long(int messages) => LlmWriters.Talk(Enumerable.Range(1, messages).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"We looked at boat {i} today, and it needs new paint before the summer, a sail, and somebody who keeps it dry.")));
}
