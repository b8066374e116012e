using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class RecallTests : IDisposable
{
    private const string MemoryShape =
        "{memories: [{id: text, score: number, similarity: fraction, user_id: text, scope: text, conversation_id: text, workspace: null, thread: text, "
        + "title: null, started_at: text, ended_at: text, summary: text, content: null, topics: [text], "
        + "citations: [{message_id: text, role: text, sent_at: text, text: text}]}]}";

    private const string MessageShape =
        "{messages: [{message_id: text, conversation_id: text, role: text, author: null, sent_at: text, text: text, score: fraction}]}";

    private readonly Workplace _place = new();

    public RecallTests() => _place.Write("chats.jsonl", Chats.Small);

    [Fact]
    public async Task By_conversation_the_json_has_the_promised_fields_and_cites_messages()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var found = await _place.JsonAsync("recall", "What is my address?", "--user", "dana", "--top", "1");

        var memory = found.GetProperty("memories")[0];
        Assert.Equal(MemoryShape, JsonShape.Of(found).Replace("score: fraction", "score: number", StringComparison.Ordinal));
        Assert.Equal(("dana", "personal", "home"), (memory.GetProperty("user_id").GetString(), memory.GetProperty("scope").GetString(), memory.GetProperty("thread").GetString()));
        Assert.Equal(new DateTimeOffset(2024, 1, 5, 10, 0, 0, TimeSpan.Zero), memory.GetProperty("started_at").GetDateTimeOffset());
        Assert.Contains(memory.GetProperty("citations").EnumerateArray(), citation => citation.GetProperty("text").ValueEquals("I moved to 14 Elm Street in Leeds last week."));
    }

    [Fact]
    public async Task By_message_ids_come_back_verbatim()
    {
        var id = "msg:\"42\"/ä 🙂";
        _place.Append("chats.jsonl", Chats.Line(id, "pets", "My cat is called Biscuit.", "2024-03-01T10:00:00Z", user: "dana"));
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var found = await _place.JsonAsync("recall", "What is the cat called?", "--user", "dana", "--by", "message", "--top", "1");

        Assert.Equal(MessageShape, JsonShape.Of(found).Replace("score: number", "score: fraction", StringComparison.Ordinal));
        Assert.Equal(id, found.GetProperty("messages")[0].GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task Nobody_sees_what_is_another_users()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var found = await _place.JsonAsync("recall", "hotel Miramar Lisbon", "--user", "dana", "--top", "50");

        Assert.DoesNotContain("Miramar", found.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--by", "conversation", """{"memories":[]}""")]
    [InlineData("--by", "message", """{"messages":[]}""")]
    public async Task Of_a_user_that_is_not_known_there_is_nothing(string option, string unit, string expected)
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var result = await _place.RunAsync("recall", "anything", "--user", "nobody", option, unit, "--json");

        Assert.Equal((0, expected), (result.ExitCode, result.Output.TrimEnd('\n')));
    }

    [Fact]
    public async Task Before_the_first_run_there_is_nothing()
    {
        var result = await _place.RunAsync("recall", "anything", "--user", "dana", "--json");

        Assert.Equal((0, """{"memories":[]}"""), (result.ExitCode, result.Output.TrimEnd('\n')));
    }

    [Theory]
    [InlineData("@Biscuit")]
    [InlineData("@chats.jsonl")]
    [InlineData("where is \"Biscuit\" AND NOT 'x' OR (*)")]
    [InlineData("line one\nBiscuit\ttab")]
    [InlineData("🙂 Biscuit 🐈")]
    [InlineData("Biscuit NEAR/3 ^ : - + ; DROP TABLE memories --")]
    [InlineData("%Biscuit% _ \\ ${HOME} $(id)")]
    public async Task A_query_is_taken_literally_whatever_is_in_it(string query)
    {
        _place.Append("chats.jsonl", Chats.Line("b1", "pets", "My cat is called Biscuit.", "2024-03-01T10:00:00Z", user: "dana"));
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var conversations = await _place.RunAsync("recall", query, "--user", "dana", "--json");
        var messages = await _place.RunAsync("recall", query, "--user", "dana", "--by", "message", "--json");

        Assert.Equal((0, 0), (conversations.ExitCode, messages.ExitCode));
        if (query.Contains("Biscuit", StringComparison.Ordinal))
        {
            Assert.Equal("b1", Workplace.JsonOf(messages).GetProperty("messages")[0].GetProperty("message_id").GetString());
        }
    }

    [Fact]
    public async Task Without_text_that_is_kept_recall_by_message_says_that_it_is_off()
    {
        _place.Variables["RECOLLECT__Stores__KeepText"] = "false";
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var result = await _place.RunAsync("recall", "address", "--user", "dana", "--by", "message");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("KeepText", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conversation")]
    [InlineData("message")]
    public async Task What_foreign_text_holds_cannot_steer_the_terminal(string unit)
    {
        _place.Append("chats.jsonl", Chats.Line("b\e[2J1", "pe\e]0;owned\at\u202Es", "My cat is \e[31mcalled\e[0m Biscuit.\u2066", "2024-03-01T10:00:00Z", user: "dana"));
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var result = await _place.RunAsync("recall", "What is the cat called? Biscuit", "--user", "dana", "--by", unit);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("[b\uFFFD[2J1]", result.Output, StringComparison.Ordinal);
        Assert.All("\e\a\u202E\u2066", character => Assert.DoesNotContain(character, result.Output + result.Error));
    }

    public void Dispose() => _place.Dispose();
}
