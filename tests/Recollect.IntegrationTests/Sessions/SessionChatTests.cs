using System.Globalization;
using System.Text.Json.Nodes;
using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.Sessions;
using Xunit;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>The turns of a bot.</summary>
public sealed class SessionChatTests : IDisposable
{
    private readonly SessionHost _bot = new(("Sessions:Admins:0", "15550000"), ("Sessions:Blocked:0", "15550001"));

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task An_answer_is_kept_with_its_question_and_goes_into_the_next_context()
    {
        var pieces = new List<string>();
        var first = await _bot.Chat.AnswerAsync(new() { Chat = SessionHost.Dana, Person = SessionHost.Dana, Text = "Hello", MessageId = "w1" }, pieces.Add, CancellationToken.None);
        await _bot.SayAsync("And now?", "w2");

        Assert.Equal((ChatAnswerKind.Answered, "You said: Hello"), (first.Kind, first.Text));
        Assert.Equal(["You said: ", "Hello"], pieces, StringComparer.Ordinal);
        Assert.Equal(["system", "user", "assistant", "user"], _bot.Model.Given[1].Select(message => message.Role.Value), StringComparer.Ordinal);
        Assert.Equal(["Hello", "You said: Hello", "And now?"], _bot.Model.Given[1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
        var session = Assert.Single(await _bot.SessionsAsync(archived: false));
        Assert.Equal(4, session.MessageIds.Count);
        Assert.True(session.TotalTokens > 0);
    }

    [Fact]
    public async Task A_message_that_is_delivered_again_is_answered_from_the_session_and_said_to_be_sent_once_it_was()
    {
        await _bot.SayAsync("Hello", "w1");
        var again = await _bot.SayAsync("Hello", "w1");
        await _bot.Manager.MarkSentAsync(SessionHost.Dana, "w1", CancellationToken.None);
        _bot.Restart();
        var afterRestart = await _bot.SayAsync("Hello", "w1");
        await _bot.SayAsync("/reset", "w2");
        var afterReset = await _bot.SayAsync("Hello", "w1");

        Assert.Equal((ChatAnswerKind.Duplicate, "You said: Hello", false), (again.Kind, again.Text, again.IsSent));
        Assert.Equal((ChatAnswerKind.Duplicate, true), (afterRestart.Kind, afterRestart.IsSent));
        Assert.Equal((ChatAnswerKind.Duplicate, true), (afterReset.Kind, afterReset.IsSent));
        Assert.Single(_bot.Model.Given);
        Assert.Null(await _bot.Manager.FindAnswerAsync("other", "w1", CancellationToken.None)); // an id is the chat's own
    }

    [Fact]
    public async Task A_list_that_was_not_written_before_the_process_died_is_completed_when_the_message_comes_again()
    {
        await _bot.SayAsync("Hello", "w1");
        await _bot.SayAsync("And now?", "w2");
        var file = Directory.GetFiles(_bot.SessionRoot, "session.json", SearchOption.AllDirectories).Single();
        var whole = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        var ids = whole["message_ids"]!.DeepClone();
        whole["message_ids"] = new JsonArray(ids[0]!.DeepClone(), ids[1]!.DeepClone());
        await File.WriteAllTextAsync(file, whole.ToJsonString(), TestContext.Current.CancellationToken);
        _bot.Restart();

        var again = await _bot.SayAsync("And now?", "w2");

        Assert.Equal((ChatAnswerKind.Duplicate, "You said: And now?"), (again.Kind, again.Text));
        Assert.Equal(ids.ToJsonString(), JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["message_ids"]!.ToJsonString());
        Assert.Equal(2, _bot.Model.Given.Count);
    }

    [Fact]
    public async Task A_model_that_fails_loses_no_message_and_answers_when_it_is_delivered_again()
    {
        _bot.Model.Failure = new HttpRequestException("no route");
        var failed = await _bot.SayAsync("Where is the key?", "w1");
        await _bot.SayAsync("Where is the key?", "w1");
        await _bot.SayAsync("Hello?", "w2");
        _bot.Model.Failure = null;
        var answered = await _bot.SayAsync("Where is the key?", "w1");

        Assert.Equal(ChatAnswerKind.Failed, failed.Kind);
        Assert.StartsWith("Sorry", failed.Text, StringComparison.Ordinal);
        Assert.Equal(ChatAnswerKind.Answered, answered.Kind);
        Assert.Equal(["Hello?", "Where is the key?"], _bot.Model.Given[^1].Skip(1).Select(message => message.Text), StringComparer.Ordinal); // once, although it was kept
        var session = Assert.Single(await _bot.SessionsAsync(archived: false));
        Assert.Equal(
            [("Where is the key?", true), ("Hello?", false), ("You said: Where is the key?", true)],
            (await _bot.Store.ReadMessagesAsync(session, int.MaxValue, CancellationToken.None)).Select(message => (message.Text, message.IsAnswered)));
    }

    [Fact]
    public async Task Who_is_blocked_is_not_answered_and_leaves_nothing()
    {
        var answer = await _bot.SayAsync("Hello", "w1", "15550001@c.us");

        Assert.Equal((ChatAnswerKind.Blocked, ""), (answer.Kind, answer.Text));
        Assert.Empty(_bot.Model.Given);
        Assert.False(Directory.Exists(_bot.SessionRoot));
    }

    [Theory]
    [InlineData("/reset")]
    [InlineData("  /RESET\n")]
    public async Task Resetting_saves_the_conversation_and_the_next_begins_anew(string command)
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        var reset = await _bot.SayAsync(command, "w2");
        await _bot.SayAsync("Hello", "w3");

        Assert.Equal(ChatAnswerKind.Reset, reset.Kind);
        Assert.Contains("was saved", reset.Text, StringComparison.Ordinal);
        Assert.Equal(["Hello"], _bot.Model.Given[^1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
        Assert.Contains("Minka", Assert.Single(await _bot.MemoriesAsync()).Memory.Content, StringComparison.Ordinal);
        Assert.True(Assert.Single(await _bot.SessionsAsync(archived: true)).IsTransferred);
    }

    [Fact]
    public async Task A_message_that_holds_more_than_the_command_resets_nothing()
    {
        var answer = await _bot.SayAsync("/reset please", "w1");

        Assert.Equal(ChatAnswerKind.Answered, answer.Kind);
    }

    [Fact]
    public async Task A_reset_that_cannot_save_says_so_and_the_sweep_saves_later()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        _bot.Get<Microsoft.Extensions.Options.IOptions<Ingest.Sources.SourceOptions>>().Value.Use = "files"; // no source of sessions
        var reset = await Record.ExceptionAsync(() => _bot.SayAsync("/reset", "w2"));
        _bot.Restart();
        var next = await _bot.SayAsync("Hello", "w3");
        var sweep = await _bot.Sweeper.SweepAsync(CancellationToken.None);

        Assert.IsType<ConfigurationException>(reset);
        Assert.Equal(ChatAnswerKind.Answered, next.Kind);
        Assert.Equal(["Hello"], _bot.Model.Given[^1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
        Assert.Equal(new(1, 1), sweep);
        Assert.Contains("Minka", Assert.Single(await _bot.MemoriesAsync()).Memory.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Earlier_conversations_are_recalled_for_their_chat_alone()
    {
        await _bot.SayAsync("My cat is called Minka and she loves tuna", "w1");
        await _bot.SayAsync("/reset", "w2");
        var mine = await _bot.SayAsync("What is my cat called?", "w3");
        var other = await _bot.SayAsync("What is my cat called?", "w1", "15551234@c.us");

        Assert.Single(mine.Recalled);
        Assert.Contains("RECALLED MEMORIES (from past conversations):\n- ", _bot.Model.Given[^2][0].Text, StringComparison.Ordinal);
        Assert.Contains("Minka", _bot.Model.Given[^2][0].Text, StringComparison.Ordinal);
        Assert.Empty(other.Recalled);
        Assert.DoesNotContain("Minka", string.Concat(_bot.Model.Given[^1].Select(message => message.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_that_is_off_keeps_nothing_and_switching_loses_nothing()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        _bot.Switch.IsOn = false;
        var before = Directory.GetFileSystemEntries(_bot.SessionRoot, "*", SearchOption.AllDirectories);
        await _bot.SayAsync("What is she called?", "w2");
        var reset = await _bot.SayAsync("/reset", "w3");
        var after = Directory.GetFileSystemEntries(_bot.SessionRoot, "*", SearchOption.AllDirectories);
        _bot.Switch.IsOn = true;
        await _bot.SayAsync("And now?", "w4");

        Assert.Equal(["What is she called?"], _bot.Model.Given[1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
        Assert.Equal("A fresh conversation begins.", reset.Text);
        Assert.Equal(before, after);
        Assert.Equal(["My cat is called Minka", "You said: My cat is called Minka", "And now?"], _bot.Model.Given[^1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_budget_is_never_exceeded_and_a_long_prompt_is_cut()
    {
        var counter = new HistoryTrimmer(_bot.Get<ITokenCounter>());
        foreach (var i in Enumerable.Range(0, 12))
        {
            await _bot.SayAsync(string.Concat(Enumerable.Repeat($"שלום {i} hello 你好 ", 1 + (100 * i))), string.Create(CultureInfo.InvariantCulture, $"w{i}"));
        }

        Assert.All(_bot.Model.Given, given => Assert.InRange(given.Sum(message => counter.Count(new(message.Role.Value, message.Text))) + 3, 1, 4_000));
        Assert.All(_bot.Model.Given, given => Assert.InRange(given[^1].Text.Length, 1, 10_000));
        Assert.Contains(_bot.Model.Given, given => given.Count > 3);
    }

    [Fact]
    public async Task Messages_of_one_chat_that_come_at_once_are_answered_one_after_the_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => _bot.SayAsync($"Message {i}", $"w{i}", i % 2 == 0 ? SessionHost.Dana : "other@c.us"))));

        Assert.Equal(2, (await _bot.SessionsAsync(archived: false)).Count);
        foreach (var session in await _bot.SessionsAsync(archived: false))
        {
            var messages = await _bot.Store.ReadMessagesAsync(session, int.MaxValue, CancellationToken.None);
            Assert.Equal(12, messages.Count);
            Assert.All(messages.Chunk(2), turn => Assert.Equal((Roles.User, $"You said: {turn[0].Text}"), (turn[0].Role, turn[1].Text)));
        }
    }

    [Fact]
    public async Task Forgetting_a_user_removes_live_and_archived_sessions()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        await _bot.SayAsync("/reset", "w2");
        await _bot.SayAsync("She loves tuna", "w3");
        await _bot.SayAsync("Mine barks", "w1", "other@c.us");

        var receipt = await _bot.Get<UserEraser>().ForgetAsync("default", SessionHost.Dana, CancellationToken.None);

        Assert.Equal((2, 1), (receipt.Sessions, receipt.Memories));
        Assert.DoesNotContain(Directory.EnumerateFiles(_bot.SessionRoot, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("Minka", StringComparison.Ordinal));
        Assert.Equal("other@c.us", Assert.Single(await _bot.SessionsAsync(archived: false)).Chat);
    }
}
