using System.Globalization;
using Recollect.Conversations;
using Recollect.Memorize.Generation;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Sessions;

/// <summary>What becomes of sessions that have ended.</summary>
public sealed class SessionSweeperTests : IDisposable
{
    private readonly SessionHost _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task A_session_ends_at_exactly_its_time_and_not_a_tick_before()
    {
        await _bot.SayAsync("Hello", "w1");
        var first = (await _bot.SessionsAsync(archived: false))[0];

        _bot.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMicroseconds(1));
        Assert.Equal(new(0, 0), await _bot.Sweeper.SweepAsync(CancellationToken.None));
        Assert.Equal(first.Id, (await _bot.Manager.GetOrStartAsync(SessionHost.Dana, CancellationToken.None)).Id, StringComparer.Ordinal);
        _bot.Time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.NotEqual(first.Id, (await _bot.Manager.GetOrStartAsync(SessionHost.Dana, CancellationToken.None)).Id, StringComparer.Ordinal);
        Assert.Equal(new(1, 1), await _bot.Sweeper.SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_ended_session_becomes_a_memory_once_and_is_archived_under_its_day()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        _bot.Time.Advance(TimeSpan.FromDays(2));
        await _bot.SayAsync("Hello again", "w2");

        Assert.Equal(new(1, 1), await _bot.Sweeper.SweepAsync(CancellationToken.None));
        Assert.Equal(new(0, 0), await _bot.Sweeper.SweepAsync(CancellationToken.None));

        var archived = Assert.Single(await _bot.SessionsAsync(archived: true));
        Assert.Equal(($"expired/2026-01-05/{archived.Id}", true), (archived.StoragePath, archived.IsTransferred));
        var memory = Assert.Single(await _bot.MemoriesAsync()).Memory;
        Assert.Equal((SessionHost.Dana, archived.Id), (memory.Owner.User, memory.Thread.Thread));
        Assert.Equal(["Hello again"], _bot.Model.Given[^1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_memory_outlives_its_session_whatever_is_pruned()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        await _bot.SayAsync("My dog is called Rex", "w2", "15551234@c.us");
        _bot.Time.Advance(TimeSpan.FromDays(2));
        await _bot.Sweeper.SweepAsync(CancellationToken.None);
        Directory.Delete(Path.Combine(_bot.SessionRoot, (await _bot.SessionsAsync(archived: true))[0].StoragePath!), recursive: true); // as a backup cleans up

        var report = await _bot.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill, Prune = true }, progress: null, CancellationToken.None);

        Assert.Equal(0, report.Retired);
        Assert.Equal(2, (await _bot.MemoriesAsync()).Count);
        Assert.Contains(report.Notices, notice => notice.Contains("Nothing was pruned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backfill_over_live_and_archived_sessions_changes_nothing()
    {
        await _bot.SayAsync("My cat is called Minka", "w1");
        _bot.Time.Advance(TimeSpan.FromDays(2));
        await _bot.Sweeper.SweepAsync(CancellationToken.None);
        await _bot.SayAsync("Still talking", "w2");

        var report = await _bot.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);

        Assert.Equal((1, 1), (report.Read, report.Unchanged));
    }

    [Fact]
    public async Task An_empty_session_is_archived_and_makes_no_memory()
    {
        await _bot.Manager.GetOrStartAsync(SessionHost.Dana, CancellationToken.None);
        _bot.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(new(1, 1), await _bot.Sweeper.SweepAsync(CancellationToken.None));

        Assert.Empty(await _bot.MemoriesAsync());
        Assert.Single(await _bot.SessionsAsync(archived: true));
    }

    [Fact]
    public async Task A_clock_that_goes_back_or_was_ahead_breaks_nothing()
    {
        await _bot.SayAsync("Hello", "w1");
        var session = Assert.Single(await _bot.SessionsAsync(archived: false));
        await _bot.Store.InChatAsync(session.Chat, async (chat, token) =>
        {
            await chat.SaveAsync(session with { LastActive = session.LastActive.AddHours(3) }, [], token); // as if the clock had gone back since
            return true;
        }, CancellationToken.None);

        await _bot.SayAsync("Still here", "w2");
        var messages = await _bot.Store.ReadMessagesAsync(Assert.Single(await _bot.SessionsAsync(archived: false)), int.MaxValue, CancellationToken.None);
        Assert.Equal(["Hello", "You said: Hello", "Still here", "You said: Still here"], messages.OrderBy(message => message.SentAt).ThenBy(message => message.Order).Select(message => message.Text), StringComparer.Ordinal);
        await _bot.Store.InChatAsync(session.Chat, async (chat, token) =>
        {
            await chat.SaveAsync((await chat.ListAsync(archived: false, token))[0] with { LastActive = DateTimeOffset.MaxValue.AddDays(-2) }, [], token); // a clock that was wrong by centuries
            return true;
        }, CancellationToken.None);
        await _bot.SayAsync("New", "w3");

        Assert.Equal(["New"], _bot.Model.Given[^1].Skip(1).Select(message => message.Text), StringComparer.Ordinal);
        Assert.Equal(new(1, 1), await _bot.Sweeper.SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_step_loses_no_message_and_stores_each_session_once()
    {
        var died = 0;
        for (var at = 0; ; at++)
        {
            using var bot = new SessionHost();
            await bot.SayAsync("My cat is called Minka", "w1");
            bot.Time.Advance(TimeSpan.FromDays(1));
            bot.Plan = new(at / 2, after: at % 2 == 1);
            await Record.ExceptionAsync(() => bot.SayAsync("Is it spring?", "w2"));
            await Record.ExceptionAsync(() => bot.Sweeper.SweepAsync(CancellationToken.None));
            await Record.ExceptionAsync(() => bot.SayAsync("/reset", "w3"));
            var isDead = bot.Plan.IsDead;
            bot.Restart();
            bot.Time.Advance(TimeSpan.FromMinutes(10)); // what failed may be tried again
            await bot.SayAsync("Is it spring?", "w2");
            await bot.SayAsync("/reset", "w3");
            await bot.Sweeper.SweepAsync(CancellationToken.None);

            Assert.DoesNotContain(await bot.SessionsAsync(archived: false), session => session.MessageIds.Count > 0);
            Assert.Equal(
                ["[user]: Is it spring?\n[assistant]: You said: Is it spring?", "[user]: My cat is called Minka\n[assistant]: You said: My cat is called Minka"],
                (await bot.MemoriesAsync()).Select(record => record.Memory.Content).Order(StringComparer.Ordinal),
                StringComparer.Ordinal);
            Assert.InRange(bot.Model.Given.Count, 2, 3); // the one in hand may be answered twice
            died += isDead ? 1 : 0;
            if (!isDead)
            {
                break;
            }
        }

        Assert.InRange(died, 20, 200);
    }

    [Fact]
    public async Task A_writer_that_fails_for_good_leaves_the_transcript_where_that_is_wanted()
    {
        using var bot = new SessionHost(("Generation:Use", "llm"), ("Generation:Fallback", "verbatim"));
        await bot.SayAsync("My cat is called Minka", "w1");
        bot.Model.Failure = new GenerationException("The model is gone.");

        var reset = await bot.SayAsync("/reset", "w2");

        Assert.Contains("was saved", reset.Text, StringComparison.Ordinal);
        var memory = Assert.Single(await bot.MemoriesAsync()).Memory;
        Assert.Contains("[user]: My cat is called Minka", memory.Content, StringComparison.Ordinal);
        Assert.Equal("""{"type":"session_summary_fallback","summarization_failed":true}""", memory.Data);
    }

    [Fact]
    public async Task A_writer_that_fails_for_good_leaves_the_session_for_later_otherwise()
    {
        using var bot = new SessionHost(("Generation:Use", "llm"));
        await bot.SayAsync("My cat is called Minka", "w1");
        bot.Model.Failure = new GenerationException("The model is gone.");

        var reset = await bot.SayAsync("/reset", "w2");

        Assert.Contains("could not be saved yet", reset.Text, StringComparison.Ordinal);
        Assert.Empty(await bot.MemoriesAsync());
        Assert.Single(await bot.SessionsAsync(archived: false));
    }

    [Fact]
    public async Task Sessions_of_many_chats_never_mix()
    {
        var random = new Random(7);
        var said = Enumerable.Range(0, 8).ToDictionary(i => string.Create(CultureInfo.InvariantCulture, $"9725000000{i}@c.us"), _ => new List<string>(), StringComparer.Ordinal);
        for (var i = 0; i < 120; i++)
        {
            var (chat, texts) = said.ElementAt(random.Next(said.Count));
            switch (random.Next(12))
            {
                case 0:
                    await _bot.SayAsync("/reset", $"w{i}", chat);
                    break;
                case 1:
                    _bot.Time.Advance(TimeSpan.FromHours(random.Next(1, 30)));
                    await _bot.Sweeper.SweepAsync(CancellationToken.None);
                    break;
                default:
                    texts.Add($"{chat} says {i}");
                    await _bot.SayAsync(texts[^1], $"w{i}", chat);
                    Assert.All(_bot.Model.Given[^1].Skip(1), message => Assert.Contains(chat, message.Text, StringComparison.Ordinal));
                    break;
            }
        }

        _bot.Time.Advance(TimeSpan.FromDays(1));
        var sweep = await _bot.Sweeper.SweepAsync(CancellationToken.None);
        var memories = await _bot.MemoriesAsync();

        Assert.Equal(0, sweep.Left);
        foreach (var (chat, texts) in said)
        {
            var stored = memories.Where(record => string.Equals(record.Memory.Owner.User, chat, StringComparison.Ordinal)).SelectMany(record => record.Messages);
            Assert.Equal(texts.Order(StringComparer.Ordinal), stored.Where(message => message.Role is Roles.User).Select(message => message.Text).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }
    }
}
