using Recollect.Sessions;
using Xunit;

namespace Recollect.Conformance.Sessions;

/// <summary>What every session store promises.</summary>
public abstract class SessionStoreConformance
{
    private const string Dana = "972501234567@c.us";
    private const string Odd = "a \u0001\u0010 \"'%\\ zwölf 🦊 שלום\r\n\t\uFFFD";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes an empty store that is independent of every other.</summary>
    protected abstract ValueTask<ISessionStore> CreateAsync();

    /// <summary>Opens what another process of the same bot would see.</summary>
    /// <param name="store">The store.</param>
    protected abstract ValueTask<ISessionStore> ReopenAsync(ISessionStore store);

    [Fact]
    public async Task An_empty_store_answers_everything_with_nothing()
    {
        var store = await CreateAsync();

        Assert.NotEmpty(store.Name);
        Assert.Equal(0, await store.ForgetAsync(Dana, None));
        Assert.Empty(await store.ListAsync(archived: false, None).ToListAsync());
        Assert.Empty(await store.ListAsync(archived: true, None).ToListAsync());
        Assert.Empty(await store.GetAsync(["s1", "../s1", "", ".."], None));
        Assert.Empty(await store.ReadMessagesAsync(Of("s1", Dana), int.MaxValue, None));
        Assert.Empty(await store.InChatAsync(Dana, static (chat, token) => chat.ListAsync(archived: true, token), None));
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task What_is_saved_comes_back_exactly_in_every_process()
    {
        var store = await CreateAsync();
        var session = Of("s1", Dana, "m1", "m2") with { TotalTokens = 12, EndedAt = Noon.AddHours(3) };
        SessionMessage[] messages =
        [
            Message("m1", "s1", 1) with { Text = Odd, SenderName = Odd, ExternalId = "F7AE", IsAnswered = false },
            Message("m2", "s1", 2) with { Role = "assistant", Text = "", IsSent = true, ReceivedAt = Noon.AddSeconds(1) },
        ];

        await SaveAsync(store, session, messages);

        foreach (var other in new[] { store, await ReopenAsync(store) })
        {
            Same(session, Assert.Single(await other.GetAsync(["s1", "s2"], None)));
            Same(session, Assert.Single(await other.ListAsync(archived: false, None).ToListAsync()));
            Same(session, Assert.Single(await other.InChatAsync(Dana, static (chat, token) => chat.ListAsync(archived: false, token), None)));
            Assert.Equal(messages, await other.ReadMessagesAsync(session, int.MaxValue, None));
            Assert.Equal(messages[0], await other.InChatAsync(Dana, (chat, token) => chat.GetMessageAsync(session, "m1", token), None));
            Assert.Null(await other.InChatAsync(Dana, (chat, token) => chat.GetMessageAsync(session, "m3", token), None));
        }
    }

    [Fact]
    public async Task Saving_again_replaces()
    {
        var store = await CreateAsync();
        await SaveAsync(store, Of("s1", Dana, "m1"), Message("m1", "s1", 1) with { IsAnswered = false });
        var grown = Of("s1", Dana, "m1", "m2") with { LastActive = Noon.AddMinutes(5), TotalTokens = 9 };

        await SaveAsync(store, grown, Message("m1", "s1", 1), Message("m2", "s1", 2));
        await SaveAsync(store, grown);

        Same(grown, Assert.Single(await store.GetAsync(["s1"], None)));
        Assert.Equal([true, true], (await store.ReadMessagesAsync(grown, int.MaxValue, None)).Select(message => message.IsAnswered));
    }

    [Fact]
    public async Task The_newest_messages_are_given_in_order()
    {
        var store = await CreateAsync();
        string[] ids = [.. Enumerable.Range(1, 12).Select(number => $"m{number}")];
        var session = Of("s1", Dana, ids);
        await SaveAsync(store, session, [.. ids.Select((id, i) => Message(id, "s1", i + 1))]);

        Assert.Equal(["m10", "m11", "m12"], (await store.ReadMessagesAsync(session, 3, None)).TakeLast(3).Select(message => message.Id), StringComparer.Ordinal);
        Assert.Equal(ids, (await store.ReadMessagesAsync(session, int.MaxValue, None)).Select(message => message.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Chats_never_mix()
    {
        var store = await CreateAsync();
        string[] chats = [Dana, "972501234567", "972501234567@c.us ", "120363043968066561@g.us", "../x", "a/b", "x\\y", "'; DROP TABLE sessions; --"];
        foreach (var (chat, i) in chats.Select((chat, i) => (chat, i)))
        {
            await SaveAsync(store, Of($"s{i}", chat, "m1"), Message("m1", $"s{i}", 1) with { Text = chat });
        }

        foreach (var chat in chats)
        {
            var session = Assert.Single(await store.InChatAsync(chat, static (sessions, token) => sessions.ListAsync(archived: true, token), None));
            Assert.Equal(chat, Assert.Single(await store.ReadMessagesAsync(session, int.MaxValue, None)).Text);
        }

        Assert.Equal(1, await store.ForgetAsync(Dana, None));
        Assert.Equal(chats.Length - 1, await store.ListAsync(archived: false, None).CountAsync());
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("expired")]
    [InlineData(".")]
    [InlineData("a/b\\c:d*e")]
    [InlineData("ünïcödé 🦊")]
    public async Task Any_id_is_kept(string id)
    {
        var store = await CreateAsync();
        await SaveAsync(store, Of("s1", Dana, id), Message(id, "s1", 1));

        Assert.Equal(id, Assert.Single(await store.ReadMessagesAsync(Of("s1", Dana, id), int.MaxValue, None)).Id);
        Assert.Equal(id, (await store.InChatAsync(Dana, (chat, token) => chat.GetMessageAsync(Of("s1", Dana), id, token), None))?.Id);
    }

    [Fact]
    public async Task An_archived_session_is_listed_apart_and_keeps_everything()
    {
        var store = await CreateAsync();
        var session = Of("s1", Dana, "m1");
        await SaveAsync(store, session, Message("m1", "s1", 1));
        await SaveAsync(store, Of("s2", Dana) with { CreatedAt = Noon.AddHours(2) });

        await ArchiveAsync(store, session);
        await ArchiveAsync(store, session);

        foreach (var other in new[] { store, await ReopenAsync(store) })
        {
            var archived = Assert.Single(await other.ListAsync(archived: true, None).ToListAsync());
            Same(session with { IsTransferred = true, StoragePath = "expired/2026-01-05/s1" }, archived);
            Assert.Equal("s2", Assert.Single(await other.ListAsync(archived: false, None).ToListAsync()).Id);
            Assert.Equal(["s2", "s1"], (await other.InChatAsync(Dana, static (chat, token) => chat.ListAsync(archived: true, token), None)).Select(one => one.Id), StringComparer.Ordinal);
            Assert.Equal(["s2"], (await other.InChatAsync(Dana, static (chat, token) => chat.ListAsync(archived: false, token), None)).Select(one => one.Id), StringComparer.Ordinal);
            Assert.Equal("m1", Assert.Single(await other.ReadMessagesAsync(archived, int.MaxValue, None)).Id);
        }
    }

    [Fact]
    public async Task Forgetting_removes_live_and_archived_sessions_of_the_chat_alone()
    {
        var store = await CreateAsync();
        await SaveAsync(store, Of("s1", Dana, "m1"), Message("m1", "s1", 1));
        await SaveAsync(store, Of("s2", Dana, "m1"), Message("m1", "s2", 1));
        await SaveAsync(store, Of("s3", "other", "m1"), Message("m1", "s3", 1));
        await ArchiveAsync(store, Of("s1", Dana, "m1"));

        Assert.Equal(2, await store.ForgetAsync(Dana, None));
        Assert.Equal(0, await store.ForgetAsync(Dana, None));

        Assert.Equal("s3", Assert.Single(await store.GetAsync(["s1", "s2", "s3"], None)).Id);
        Assert.Empty(await store.ReadMessagesAsync(Of("s2", Dana, "m1"), int.MaxValue, None));
    }

    [Fact]
    public async Task Work_on_a_chat_excludes_other_work_on_it_in_every_process()
    {
        var store = await CreateAsync();
        var other = await ReopenAsync(store);
        await SaveAsync(store, Of("s1", Dana));

        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => Task.Run(async () => await (number % 2 == 0 ? store : other).InChatAsync(Dana, async (chat, token) =>
        {
            var session = Assert.Single(await chat.ListAsync(archived: false, token));
            await chat.SaveAsync(session with { MessageIds = [.. session.MessageIds, $"m{number}"] }, [Message($"m{number}", "s1", number)], token);
            return true;
        }, None))));

        Assert.Equal(20, Assert.Single(await store.GetAsync(["s1"], None)).MessageIds.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Work_that_fails_gives_the_chat_back()
    {
        var store = await CreateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.InChatAsync<bool>(Dana, static (_, _) => throw new InvalidOperationException("No."), None));

        Assert.True(await store.InChatAsync(Dana, static (_, _) => ValueTask.FromResult(true), None));
    }

    /// <summary>Makes a session.</summary>
    /// <param name="id">The id.</param>
    /// <param name="chat">The chat.</param>
    /// <param name="messages">The ids of its messages.</param>
    protected static Session Of(string id, string chat, params string[] messages) => new() { Id = id, Chat = chat, MessageIds = messages, CreatedAt = Noon, LastActive = Noon.AddMinutes(1) };

    /// <summary>Makes a message.</summary>
    /// <param name="id">The id.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="order">Its place.</param>
    protected static SessionMessage Message(string id, string session, int order) => new()
    {
        Id = id,
        SessionId = session,
        Role = "user",
        Text = $"text of {order}",
        Sender = Dana,
        Recipient = "AI",
        SentAt = Noon.AddSeconds(order),
        ReceivedAt = Noon.AddSeconds(order),
        Order = order,
    };

    /// <summary>Saves a session with messages.</summary>
    /// <param name="store">The store.</param>
    /// <param name="session">The session.</param>
    /// <param name="messages">Its new messages.</param>
    protected static async Task SaveAsync(ISessionStore store, Session session, params SessionMessage[] messages)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(session);
        await store.InChatAsync(session.Chat, async (chat, token) =>
        {
            await chat.SaveAsync(session, messages, token);
            return true;
        }, None);
    }

    private static async Task ArchiveAsync(ISessionStore store, Session session) => await store.InChatAsync(session.Chat, async (chat, token) =>
    {
        await chat.ArchiveAsync(session, token);
        return true;
    }, None);

    private static void Same(Session expected, Session actual)
    {
        Assert.Equal(expected.MessageIds, actual.MessageIds);
        Assert.Equal(expected with { MessageIds = actual.MessageIds }, actual);
    }
}
