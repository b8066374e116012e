using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.Memorize.Generation.Llm;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

public sealed class WritingTests : IAsyncLifetime
{
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Facts_preferences_and_questions_cite_the_messages_of_the_source()
    {
        _server.Script(_ => ChatAnswer.Says("""
            {"summary":"Dana moves to Ludlow.","topics":["moving"],
             "facts":[{"text":"Dana moves on 27 March.","message_ids":["m1","[M2]"],"quote":"on the 27th"}],
             "open_questions":[{"text":"Who has the keys?","message_ids":["3"]}],
             "preferences":[{"text":"Dana likes the river.","message_ids":["m2"],"quote":null}]}
            """));
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server), LlmWriters.Talk("I move on the 27th", "To the river?", "Yes! Who has the keys?"));

        Assert.Equal(("Dana moves to Ludlow.", null, 0), (written.Summary, written.Content, written.Unverified));
        Assert.Equal(["moving"], written.Topics);
        Assert.Equal(["statement", "preference", "question"], written.Facts.Select(fact => fact.Kind), StringComparer.Ordinal);
        Assert.Equal([("row-0", "on the 27th"), ("row-7", null)], written.Facts[0].Citations.Select(citation => (citation.MessageId, citation.Quote)));
        Assert.Equal(["row-0", "row-7", "row-14"], written.Citations.Select(citation => citation.MessageId), StringComparer.Ordinal);
        using var data = JsonDocument.Parse(written.Data!);
        Assert.Equal("""["row-14"]""", data.RootElement.GetProperty("open_questions")[0].GetProperty("message_ids").GetRawText());
        Assert.Equal((1, _server.Billed.Input, _server.Billed.Output), (written.Usage.Calls, written.Usage.InputTokens, written.Usage.OutputTokens));
        Assert.Equal(0, written.Usage.Cost);
    }

    [Fact]
    public async Task Prices_make_costs_of_tokens_also_of_calls_that_failed()
    {
        var writer = LlmWriters.Of(_server, options => (options.InputPricePerMillion, options.OutputPricePerMillion) = (2.5m, 10m));
        var written = await LlmWriters.WriteAsync(writer, LlmWriters.Talk("One", "Two"));
        Assert.Equal(((_server.Billed.Input * 2.5m) + (_server.Billed.Output * 10m)) / 1_000_000, written.Usage.Cost);
        _server.Script(_ => ChatAnswer.Says("no"));
        Assert.True((await LlmWriters.FailAsync(writer, LlmWriters.Talk("One"))).Usage.Cost > written.Usage.Cost);
        Assert.True(writer.Forecast(LlmWriters.Talk("One", "Two")).Cost > written.Usage.Cost);
        Assert.DoesNotContain("Cost", JsonSerializer.Serialize(new Recollect.Memorize.Generation.ModelUsage(1, 2, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_message_bears_out_is_left_out_and_counted()
    {
        _server.Script(_ => ChatAnswer.Says("""
            {"summary":"A talk.","topics":[],
             "facts":[{"text":"Invented words.","message_ids":["m1"],"quote":"never said"},
                      {"text":"From nowhere.","message_ids":["m99","row-0","0","m-1",""],"quote":"I move"},
                      {"text":"Nothing cited.","message_ids":[],"quote":null},
                      {"text":"Words of another message.","message_ids":["m2","m2"],"quote":"I move"}],
             "open_questions":[],"preferences":[]}
            """));
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server), LlmWriters.Talk("I move", "Where to?"));

        Assert.Equal(["Invented words.", "Words of another message."], written.Facts.Select(fact => fact.Text), StringComparer.Ordinal);
        Assert.All(written.Facts, fact => Assert.Null(Assert.Single(fact.Citations).Quote));
        Assert.Equal(4, written.Unverified);
        Assert.DoesNotContain("never said", written.Data!, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", written.Data!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_does_not_fit_is_asked_for_once_more_with_what_was_wrong()
    {
        _server.Script(call => call.Number == 1 ? ChatAnswer.Says("{\"summary\":\"no more\"}") : null);
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server), LlmWriters.Talk("One", "Two"));

        Assert.Equal(2, written.Usage.Calls);
        Assert.Contains("refused: $ lacks \"topics\"", _server.Calls.Last().User, StringComparison.Ordinal);
        Assert.Equal(_server.Billed, (written.Usage.InputTokens, written.Usage.OutputTokens));
    }

    [Fact]
    public async Task A_reply_that_never_fits_fails_with_the_reason_and_without_its_text()
    {
        _server.Script(_ => ChatAnswer.Says("""{"summary":"The safe is behind the picture","topics":[],"facts":[],"open_questions":[],"preferences":[],"the safe":1}"""));
        var failure = await LlmWriters.FailAsync(LlmWriters.Of(_server), LlmWriters.Talk("One", "Two"));

        Assert.False(failure.IsTransient);
        Assert.Contains("has a field beside summary, topics", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("safe", failure.Message, StringComparison.Ordinal);
        Assert.Equal((2, _server.Billed.Output), (failure.Usage.Calls, failure.Usage.OutputTokens));
    }

    [Fact]
    public async Task A_refusal_is_a_failure_that_does_not_pass()
    {
        foreach (var answer in new[] { ChatAnswer.Refused, new ChatAnswer { Finish = "content_filter" }, ChatAnswer.Error(400, "invalid_request_error", "content_filter") })
        {
            _server.Script(_ => answer);
            var failure = await LlmWriters.FailAsync(LlmWriters.Of(_server), LlmWriters.Talk("One", "Two"));
            Assert.False(failure.IsTransient);
            Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("I cannot help", failure.Message, StringComparison.Ordinal);
            Assert.Equal(1, failure.Usage.Calls);
        }
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_schema_is_asked_by_json_mode_from_then_on()
    {
        _server.Script(call => call.Format is "json_schema" ? ChatAnswer.Error(400, "invalid_request_error", code: null) : null);
        var writer = LlmWriters.Of(_server);
        var first = await LlmWriters.WriteAsync(writer, LlmWriters.Talk("One", "Two"));
        var second = await LlmWriters.WriteAsync(writer, LlmWriters.Talk("Three", "Four"));

        Assert.Equal(["json_schema", "json_object", "json_object"], _server.Calls.Select(call => call.Format), StringComparer.Ordinal);
        Assert.Equal((2, 1), (first.Usage.Calls, second.Usage.Calls));
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_form_at_all_is_asked_by_the_prompt_alone()
    {
        _server.Script(call => call.Format is not null ? ChatAnswer.Error(422, "invalid_request_error", code: null) : ChatAnswer.Says($"Sure!\n```json\n{ScriptedModel.Reply(call)}\n```\nAnything else?"));
        var written = await LlmWriters.WriteAsync(LlmWriters.Of(_server), LlmWriters.Talk("One", "Two"));

        Assert.Equal(["json_schema", "json_object", null], _server.Calls.Select(call => call.Format), StringComparer.Ordinal);
        Assert.StartsWith("It begins with One", written.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_settings_name_is_not_loosened()
    {
        _server.Script(call => call.Format is "json_schema" ? ChatAnswer.Error(400, "invalid_request_error", code: null) : null);
        var failure = await LlmWriters.FailAsync(LlmWriters.Of(_server, options => options.StructuredOutput = StructuredOutput.Schema), LlmWriters.Talk("One", "Two"));

        Assert.Contains("StructuredOutput", failure.Message, StringComparison.Ordinal);
        Assert.Single(_server.Calls);
    }

    [Theory]
    [InlineData("curiosity-v1")]
    [InlineData("curiosity-v2")]
    [InlineData("curiosity-v3")]
    public async Task The_shapes_of_the_reference_backend_are_written_whole(string schema)
    {
        var writer = LlmWriters.Of(_server, options => options.Schema = schema);
        var written = await LlmWriters.WriteAsync(writer, LlmWriters.Talk("Why is the sky blue?", "What do you think?"));

        using var data = JsonDocument.Parse(written.Data!);
        Assert.Null(MemorySchema.Load(schema).Root.FindMisfit(data.RootElement));
        Assert.False(string.IsNullOrWhiteSpace(written.Summary));
        Assert.Equal(["row-0", "row-7"], written.Citations.Select(citation => citation.MessageId), StringComparer.Ordinal);
    }

    [Fact]
    public void Prompt_schema_and_model_are_part_of_the_version()
    {
        var versions = new[]
        {
            LlmWriters.Of(_server).Version,
            LlmWriters.Of(_server, options => options.Prompt = "Be brief.").Version,
            LlmWriters.Of(_server, options => options.Schema = "curiosity-v2").Version,
            LlmWriters.Of(_server, options => options.Temperature = 0).Version,
            LlmWriters.Over(LlmWriters.Client(_server, options => options.Model = "other;model")).Version,
        };
        Assert.Distinct(versions, StringComparer.Ordinal);
        Assert.All(versions, version => Assert.DoesNotContain(';', version));
    }
}
