using System.Text;
using Recollect.Edits;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>What people do to memories by hand holds with P2, P3, P6 and P12.</summary>
public sealed class EditTests : IDisposable
{
    private const string Secret = "the safe is behind the picture of the harbour";

    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task An_edit_is_kept_with_who_when_and_what_was_there_before()
    {
        var memory = await FillAsync();
        using var engine = _stage.Open();

        var edited = await EditAsync(engine, memory, "it is behind the door");

        var edit = Assert.Single(await engine.Editor.ListAsync(edited, CancellationToken.None));
        Assert.Equal(("noor", _stage.Time.GetUtcNow(), MemoryEditKind.Corrected, Secret, "it is behind the door"), (edit.By, edit.At, edit.Kind, edit.Fact, edit.Replacement));
        Assert.Equal(["m1"], edit.MessageIds, StringComparer.Ordinal);
        Assert.Empty(await engine.State.Pending.ListAsync(source: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_with_nothing_new_writes_nothing_and_a_backfill_from_nothing_gives_the_same()
    {
        var memory = await FillAsync();
        using (var engine = _stage.Open())
        {
            await EditAsync(engine, memory, "it is behind the door");
            await engine.Editor.EditAsync(new() { MemoryId = memory.Memory.Id, Fact = "said at 2", By = "noor" }, CancellationToken.None);
        }

        var edited = await _stage.StoredAsync();
        var calls = (_stage.Writer.Calls, _stage.Embedder.Calls);
        var again = await _stage.BackfillAsync();
        Assert.Equal((2, 0, calls), (again.Unchanged, again.Updated, (_stage.Writer.Calls, _stage.Embedder.Calls)));

        File.Delete(Path.Combine(_stage.Root, "memories.db"));
        await _stage.BackfillAsync();

        Convergence.Expect.SameMemories(edited, await _stage.StoredAsync());
    }

    [Fact]
    public async Task A_message_that_comes_late_and_gives_the_conversation_another_id_keeps_the_edit()
    {
        var memory = await FillAsync();
        using (var engine = _stage.Open())
        {
            await EditAsync(engine, memory, "it is behind the door");
        }

        _stage.Say(Stage.Thread(), -10, "late");
        await _stage.BackfillAsync();

        var after = (await _stage.StoredAsync()).Single(record => record.Memory.MessageIds.Contains("late", StringComparer.Ordinal)).Memory;
        Assert.NotEqual(memory.Memory.Id, after.Id, StringComparer.Ordinal);
        Assert.Equal(["said at -10", "it is behind the door", "said at 2"], after.Facts.Select(fact => fact.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_process_that_dies_before_the_memory_is_stored_leaves_the_rest_to_the_next_night()
    {
        var memory = await FillAsync();
        using (var engine = _stage.Open())
        {
            await engine.State.Pending.SaveAsync([Open(memory)], CancellationToken.None); // what it does first
            await engine.State.Edits.AddAsync(EditOf(memory), CancellationToken.None);
        }

        _stage.Time.Advance(TimeSpan.FromDays(30));
        var report = await _stage.NightlyAsync();

        Assert.Equal(1, report.Updated);
        Assert.Contains("it is behind the door", (await _stage.StoredAsync()).SelectMany(record => record.Memory.Facts).Select(fact => fact.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Two_edits_of_one_moment_keep_their_order()
    {
        var memory = await FillAsync();
        using var engine = _stage.Open();
        foreach (var (fact, now) in new[] { (Secret, "a first try"), ("a first try", "a second try"), ("a second try", "the last try") })
        {
            await engine.Editor.EditAsync(new() { MemoryId = memory.Memory.Id, Fact = fact, Replacement = now, By = "noor" }, CancellationToken.None);
        }

        var after = (await engine.StoredAsync()).Single(record => string.Equals(record.Memory.Id, memory.Memory.Id, StringComparison.Ordinal)).Memory;
        Assert.Equal(["the last try", "said at 2"], after.Facts.Select(fact => fact.Text), StringComparer.Ordinal);
        Assert.Equal(3, (await engine.Editor.ListAsync(after, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task What_cannot_be_edited_is_refused_and_changes_nothing()
    {
        var memory = await FillAsync();
        using var engine = _stage.Open();
        var edit = new FactEdit { MemoryId = memory.Memory.Id, Fact = Secret, Replacement = "x", By = "noor" };
        foreach (var (wrong, reason) in new[]
        {
            (edit with { MemoryId = "unknown" }, "no memory of this id"), (edit with { Fact = "never said" }, "no fact of this text"), (edit with { Replacement = " \u200E" }, "must say something"),
            (edit with { Replacement = new string('x', 100_000) }, "at most 2,000 characters; this one has 100,000"), (edit with { Replacement = Secret }, "says this already"),
        })
        {
            Assert.Contains(reason, (await Assert.ThrowsAsync<EditException>(() => engine.Editor.EditAsync(wrong, CancellationToken.None))).Message, StringComparison.Ordinal);
        }

        await using (await engine.State.Leases.TryAcquireAsync("run", CancellationToken.None))
        {
            Assert.Contains("nothing was changed", (await Assert.ThrowsAsync<RunInProgressException>(() => engine.Editor.EditAsync(edit, CancellationToken.None))).Message, StringComparison.Ordinal);
            Assert.Contains("nothing was forgotten", (await Assert.ThrowsAsync<RunInProgressException>(() => engine.Editor.ForgetAsync(memory.Memory.Id, "noor", CancellationToken.None))).Message, StringComparison.Ordinal);
        }

        Assert.Empty(await engine.State.Edits.ListAsync(threadId: null, CancellationToken.None));
        Assert.Contains(Secret, (await engine.StoredAsync()).SelectMany(record => record.Memory.Facts).Select(fact => fact.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Forgetting_the_user_removes_edits_and_every_word_of_them()
    {
        var memory = await FillAsync();
        using (var engine = _stage.Open())
        {
            await EditAsync(engine, memory, "it is behind the door");
            var receipt = await engine.Eraser.ForgetAsync("default", "dana", CancellationToken.None);
            Assert.InRange(receipt.StateEntries, 1, 10);
            Assert.Empty(await engine.State.Edits.ListAsync(threadId: null, CancellationToken.None));
        }

        AssertNowhere(Secret, "it is behind the door");
    }

    [Theory]
    [InlineData(RunMode.Backfill)]
    [InlineData(RunMode.Nightly)]
    public async Task A_memory_that_was_forgotten_stays_so_and_what_comes_later_is_new(RunMode mode)
    {
        var memory = await FillAsync();
        using (var engine = _stage.Open())
        {
            await EditAsync(engine, memory, "it is behind the door");
            var receipt = await engine.Editor.ForgetAsync(memory.Memory.Id, "noor", CancellationToken.None);
            Assert.Equal((1, 2, memory.Chunks.Count, 1), (receipt.Memories, receipt.Messages, receipt.Chunks, receipt.StateEntries));
            Assert.Equal(memory.Memory.EndedAt, receipt.ForgottenAt);
        }

        AssertNowhere(Secret, "it is behind the door");
        Assert.Equal((1, 1), await CountsAsync(await _stage.RunAsync(new() { Mode = RunMode.Backfill })));

        _stage.Say(Stage.Thread(), 1.5, "between"); // late, and among what was forgotten
        _stage.Say(Stage.Thread(), 30, "later");
        _stage.Time.Advance(TimeSpan.FromHours(3));
        await _stage.RunAsync(new() { Mode = mode });

        var mine = (await _stage.StoredAsync()).Single(record => record.Memory.Thread.Thread is "t1");
        Assert.Equal(["later"], mine.Memory.MessageIds, StringComparer.Ordinal);
        AssertNowhere(Secret);
    }

    [Fact]
    public async Task An_import_brings_back_neither_a_forgotten_memory_nor_a_corrected_fact()
    {
        var memory = await FillAsync();
        using var archive = new MemoryStream();
        using var engine = _stage.Open();
        await engine.Archive.ExportAsync(archive, isWanted: null, CancellationToken.None);
        var other = (await engine.StoredAsync()).Single(record => record.Memory.Thread.Thread is "t2").Memory;
        await engine.Editor.EditAsync(new() { MemoryId = other.Id, Fact = other.Facts[0].Text, Replacement = "something else", By = "noor" }, CancellationToken.None);
        await engine.Editor.ForgetAsync(memory.Memory.Id, "noor", CancellationToken.None);
        await engine.Store.DeleteAsync([other.Id], CancellationToken.None);
        archive.Position = 0;

        var report = await engine.Archive.ImportAsync(archive, CancellationToken.None);

        Assert.Equal((1, 1), (report.Imported, report.Forgotten));
        Assert.Equal("something else", Assert.Single(await engine.StoredAsync()).Memory.Facts[0].Text);
        Assert.Equal(1, (await engine.RunAsync(new() { Mode = RunMode.Backfill })).Unchanged);
    }

    [Fact]
    public async Task A_memory_that_a_batch_makes_while_it_is_forgotten_is_taken_back()
    {
        var memory = await FillAsync();
        using var other = _stage.Open();
        _stage.Say(Stage.Thread(), 20, "more");
        _stage.Time.Advance(TimeSpan.FromHours(3));
        _stage.Writer.First = async (_, _) =>
        {
            await other.Editor.ForgetAsync(memory.Memory.Id, "noor", CancellationToken.None);
            return null;
        };

        var report = await _stage.RunAsync(new() { Mode = RunMode.Batch, Threads = ["t1"] });

        Assert.Equal(1, report.Skipped[SkipReasons.Forgotten]);
        Assert.DoesNotContain(await _stage.StoredAsync(), record => record.Memory.Thread.Thread is "t1");
    }

    private async Task<MemoryRecord> FillAsync()
    {
        _stage.Say(Stage.Thread(), 1, text: Secret);
        _stage.Say(Stage.Thread(), 2);
        _stage.Say(Stage.Thread("t2"), 3, text: "another thing altogether");
        _stage.Time.Advance(TimeSpan.FromHours(2));
        await _stage.BackfillAsync();
        return (await _stage.StoredAsync()).Single(record => record.Memory.Thread.Thread is "t1");
    }

    private static Task<Conversations.Memory> EditAsync(Engine engine, MemoryRecord memory, string replacement) =>
        engine.Editor.EditAsync(new() { MemoryId = memory.Memory.Id, Fact = Secret, Replacement = replacement, By = "noor" }, CancellationToken.None);

    private async Task<(long Unchanged, long Forgotten)> CountsAsync(RunReport report)
    {
        Assert.DoesNotContain(await _stage.StoredAsync(), record => record.Memory.Thread.Thread is "t1");
        return (report.Unchanged, report.Skipped[SkipReasons.Forgotten]);
    }

    private static PendingConversation Open(MemoryRecord memory) => new()
    {
        ConversationId = memory.Memory.Id,
        Source = memory.Memory.Thread.Source,
        Tenant = "default",
        User = "dana",
        StartedAt = memory.Memory.StartedAt,
        Status = PendingStatus.Open,
        ContentHash = string.Empty,
    };

    private MemoryEdit EditOf(MemoryRecord memory) => new()
    {
        ThreadId = memory.Memory.Thread.Id,
        At = _stage.Time.GetUtcNow(),
        Tenant = "default",
        User = "dana",
        By = "noor",
        Kind = MemoryEditKind.Corrected,
        Fact = Secret,
        Replacement = "it is behind the door",
        MessageIds = ["m1"],
    };

    private void AssertNowhere(params string[] texts)
    {
        foreach (var file in Directory.EnumerateFiles(_stage.Root, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.All(texts, text => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0, $"{file} holds what was forgotten"));
        }
    }
}
