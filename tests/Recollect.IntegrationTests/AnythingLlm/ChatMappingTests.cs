using System.Globalization;
using Recollect.Conversations;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Xunit;

namespace Recollect.IntegrationTests.AnythingLlm;

/// <summary>What becomes of a chat.</summary>
public sealed class ChatMappingTests : IAsyncLifetime
{
    private SourceBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await SourceBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_chat_becomes_a_question_and_an_answer_of_one_thread()
    {
        _bench.Stub.Add(new StubChat { Id = 412, WorkspaceId = 3, WorkspaceName = "Folder 1/2/3", ThreadId = 18, User = "admin", Prompt = "Why?", Response = StubChat.Answer("Because."), CreatedAt = "2025-04-19T22:02:43.004Z" });

        var read = await _bench.ReadAsync();

        Assert.Equal(["412.prompt", "412.response"], read.Select(one => one.Message.Id), StringComparer.Ordinal);
        Assert.Equal(["412:0", "412:1"], read.Select(one => one.Message.OrderKey), StringComparer.Ordinal);
        Assert.Equal([Roles.User, Roles.Assistant], read.Select(one => one.Message.Role), StringComparer.Ordinal);
        Assert.Equal(["Why?", "Because."], read.Select(one => one.Message.Text), StringComparer.Ordinal);
        Assert.Equal(["admin", null], read.Select(one => one.Message.Author), StringComparer.Ordinal);
        Assert.All(read, one => Assert.Equal(DateTimeOffset.Parse("2025-04-19T22:02:43.004Z", CultureInfo.InvariantCulture), one.Message.SentAt));
        Assert.All(read, one => Assert.Equal(412, one.Message.Position));
        Assert.All(read, one => Assert.Equal(
            [("chat_id", "412"), ("created_at", "2025-04-19T22:02:43.004Z"), ("workspace", "Folder 1/2/3")],
            one.Message.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))));
        Assert.Equal(
            new ThreadKey { Source = SourceBench.SourceName, Owner = new() { User = "admin" }, Workspace = "3", Thread = "18" },
            Assert.Single(read.Select(one => one.Thread).Distinct(ReferenceEqualityComparer.Instance).Cast<SourceThread>()).Key);
    }

    [Fact]
    public async Task The_default_thread_is_split_by_user_and_by_session_of_the_API_and_another_is_not()
    {
        _bench.Stub.Add(
            new StubChat { Id = 1, User = "dana" },
            new StubChat { Id = 2, User = "omar" },
            new StubChat { Id = 3, User = null },
            new StubChat { Id = 4, User = null, Session = "s1" },
            new StubChat { Id = 5, User = " ", Session = "s2" },
            new StubChat { Id = 6, User = "dana", ThreadId = 7, Session = "s1" },
            new StubChat { Id = 7, User = "dana", ThreadId = "7", Session = "s2" });

        var keys = (await _bench.ReadAsync()).Where(one => one.Message.Role is Roles.User).Reverse().Select(one => (one.Thread.Key.Owner.User, one.Thread.Key.Thread, one.Thread.Key.Session));

        Assert.Equal(
            [("dana", "default", null), ("omar", "default", null), ("unknown user", "default", null), ("API", "default", "s1"), ("API", "default", "s2"), ("dana", "7", null), ("dana", "7", null)],
            keys);
    }

    [Fact]
    public async Task Tenant_and_scope_are_those_of_the_settings()
    {
        _bench.Stub.Add(new StubChat { Id = 1 });

        var read = await _bench.ReadAsync(change: options => (options.Tenant, options.Scope) = ("acme", "departmental"));

        Assert.All(read, one => Assert.Equal(new Owner { Tenant = "acme", User = "dana", Scope = "departmental" }, one.Thread.Key.Owner));
    }

    [Theory]
    [InlineData("""{"text":"a \"quoted\" word","sources":[]}""", "a \"quoted\" word")]
    [InlineData("""{"text":"first","text":"last"}""", "last")]
    [InlineData("""{"sources":[]}""", """{"sources":[]}""")]
    [InlineData("""{"text":null}""", """{"text":null}""")]
    [InlineData("""{"text":42}""", """{"text":42}""")]
    [InlineData("""{"text":"cut""", """{"text":"cut""")]
    [InlineData("""["text"]""", """["text"]""")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("plain words", "plain words")]
    [InlineData("{not json}", "{not json}")]
    [InlineData("""{"\ud800":1}""", """{"\ud800":1}""")]
    public async Task The_text_of_an_answer_is_read_or_else_all_of_it(string response, string expected)
    {
        _bench.Stub.Add(new StubChat { Id = 1, Response = response });

        Assert.Equal([expected], (await _bench.ReadAsync()).Where(one => one.Message.Role is Roles.Assistant).Select(one => one.Message.Text), StringComparer.Ordinal);
        Assert.Empty(_bench.Observer.Unreadable);
    }

    [Fact]
    public async Task An_answer_nested_deeper_than_parsers_like_is_still_read()
    {
        var nested = string.Concat(Enumerable.Repeat("[", 900)) + string.Concat(Enumerable.Repeat("]", 900));
        _bench.Stub.Add(new StubChat { Id = 1, Response = $$"""{"sources":{{nested}},"text":"deep"}""" });

        Assert.Equal("deep", (await _bench.ReadAsync())[1].Message.Text);
    }

    [Fact]
    public async Task Blank_sides_make_no_message_and_chats_that_are_all_blank_are_counted()
    {
        _bench.Stub.Add(
            new StubChat { Id = 1, Prompt = " \n", Response = StubChat.Answer("only an answer") },
            new StubChat { Id = 2, Prompt = "only a question", Response = null },
            new StubChat { Id = 3, Prompt = "only a question", Response = StubChat.Answer("  ") },
            new StubChat { Id = 4, Prompt = string.Empty, Response = null },
            new StubChat { Id = 5, Prompt = null, Response = " " });

        Assert.Equal(["3.prompt", "2.prompt", "1.response"], (await _bench.ReadAsync()).Select(one => one.Message.Id), StringComparer.Ordinal);
        Assert.Equal(["2 chats with neither question nor answer were left out."], _bench.Observer.Notices);
        Assert.Empty(_bench.Observer.Unreadable);
    }

    [Fact]
    public async Task Hidden_chats_are_left_out_and_counted_unless_they_are_asked_for()
    {
        _bench.Stub.Add(new StubChat { Id = 1, Include = false }, new StubChat { Id = 2 }, new StubChat { Id = 3, Include = false, Prompt = " ", Response = null });

        Assert.Equal(["2.prompt", "2.response"], (await _bench.ReadAsync()).Select(one => one.Message.Id), StringComparer.Ordinal);
        Assert.Equal(["2 chats with include: false were left out; Sources:AnythingLlm:IncludeHidden reads them."], _bench.Observer.Notices);

        Assert.Equal(["2.prompt", "2.response", "1.prompt", "1.response"], (await _bench.ReadAsync(change: options => options.IncludeHidden = true)).Select(one => one.Message.Id), StringComparer.Ordinal);
        Assert.Equal(["1 chat with neither question nor answer was left out."], _bench.Observer.Notices);
    }

    [Fact]
    public async Task Chats_of_a_deleted_workspace_are_read()
    {
        _bench.Stub.Add(new StubChat { Id = 1, WorkspaceName = "deleted workspace", WorkspaceSlug = null });

        Assert.All(await _bench.ReadAsync(), one => Assert.Equal("deleted workspace", one.Message.Metadata["workspace"]));
        Assert.Equal(2, (await _bench.ReadAsync()).Count);
    }
}
