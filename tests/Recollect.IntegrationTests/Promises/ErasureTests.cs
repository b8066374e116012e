using System.Text;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P12.</summary>
public sealed class ErasureTests : IDisposable
{
    private readonly Stage _stage = new(isDelivering: true);

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Forgetting_removes_a_user_everywhere_and_counts_what_went()
    {
        await FillAsync();
        _stage.Receiver.First = _ => throw new DeliveryException("The receiver is away.");
        _stage.Say(Stage.Thread("later"), 400);
        _stage.Writer.First = (conversation, _) => conversation.Thread.Thread is "failing" ? throw new GenerationException("No.") : default(ValueTask<WrittenMemory?>);
        _stage.Say(Stage.Thread("failing"), 400);
        _stage.Time.Advance(TimeSpan.FromDays(1));
        await _stage.BackfillAsync();
        var mine = (await _stage.StoredAsync()).Where(record => record.Memory.Owner is { Tenant: "default", User: "dana" }).ToList();
        using var engine = _stage.Open();

        var receipt = await engine.Eraser.ForgetAsync("default", "dana", CancellationToken.None);

        Assert.Equal((3, mine.Sum(record => record.Messages.Count), mine.Sum(record => record.Chunks.Count)), (receipt.Memories, receipt.Messages, receipt.Chunks));
        Assert.InRange(receipt.StateEntries, 5, 100); // journal of two runs, one owed delivery, one failure
        Assert.Equal(_stage.Time.GetUtcNow(), receipt.ForgottenAt);
        foreach (var file in new[] { "memories.db", "state.db" })
        {
            Assert.DoesNotContain(
                SqlDump.Of(Path.Combine(_stage.Root, file), "tombstones"), table => mine.Any(record => table.Value.Contains(record.Memory.Id, StringComparison.Ordinal)));
        }

        Assert.Empty(await engine.State.Outbox.ListAsync(_stage.Receiver.Name, CancellationToken.None));
        Assert.Empty(await engine.State.Pending.ListAsync(source: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_user_of_the_same_name_in_another_tenant_is_untouched()
    {
        await FillAsync();
        var others = (await _stage.StoredAsync()).Where(record => record.Memory.Owner.Tenant is "acme").ToList();
        await ForgetAsync();

        Convergence.Expect.SameMemories(others, await _stage.StoredAsync());
        Assert.NotEmpty(others);
    }

    [Theory]
    [InlineData(RunMode.Backfill)]
    [InlineData(RunMode.Nightly)]
    public async Task What_was_sent_up_to_the_moment_stays_forgotten_and_what_comes_later_is_new(RunMode mode)
    {
        await FillAsync();
        await ForgetAsync();
        var moment = (_stage.Time.GetUtcNow() - Stage.Start).TotalMinutes;
        _stage.Say(Stage.Thread("t1"), moment, id: "last forgotten");
        _stage.Say(Stage.Thread("t1"), moment + 1, id: "first new");
        _stage.Time.Advance(TimeSpan.FromDays(1));

        var report = await _stage.RunAsync(new() { Mode = mode });

        Assert.Equal((1, 2), (report.Created, report.Skipped[SkipReasons.Forgotten])); // the conversations of t1 and t2 before
        var mine = (await _stage.StoredAsync()).Where(record => record.Memory.Owner.Tenant is "default");
        Assert.Equal(["first new"], Assert.Single(mine).Memory.MessageIds);
    }

    [Fact]
    public async Task An_import_does_not_bring_the_forgotten_back()
    {
        await FillAsync();
        using var archive = new MemoryStream();
        using (var engine = _stage.Open())
        {
            await engine.Archive.ExportAsync(archive, isWanted: null, CancellationToken.None);
        }

        await ForgetAsync();
        archive.Position = 0;
        using var after = _stage.Open();

        var report = await after.Archive.ImportAsync(archive, CancellationToken.None);

        Assert.Equal((0, 1, 2, 0), (report.Imported, report.Unchanged, report.Forgotten, report.UnreadableCount));
        Assert.All(await after.StoredAsync(), record => Assert.Equal("acme", record.Memory.Owner.Tenant));
    }

    [Fact]
    public async Task Forgetting_twice_finds_nothing_and_moves_the_moment()
    {
        await FillAsync();
        await ForgetAsync();
        _stage.Time.Advance(TimeSpan.FromDays(1));
        using var engine = _stage.Open();

        var receipt = await engine.Eraser.ForgetAsync("default", "dana", CancellationToken.None);

        Assert.Equal((0, 0, 0, 0), (receipt.Memories, receipt.Messages, receipt.Chunks, receipt.StateEntries));
        Assert.Equal(_stage.Time.GetUtcNow(), Assert.Single(await engine.State.Tombstones.ListAsync(CancellationToken.None)).ForgottenAt);
    }

    [Fact]
    public async Task A_message_of_a_clock_that_was_ahead_stays_forgotten()
    {
        var ahead = _stage.Say(Stage.Thread("ahead"), 300);
        await _stage.RunAsync(new() { Mode = RunMode.Backfill, IncludeOpen = true });
        Assert.Single(await _stage.StoredAsync());
        using var engine = _stage.Open();

        var receipt = await engine.Eraser.ForgetAsync("default", "dana", CancellationToken.None);
        var report = await engine.RunAsync(new() { Mode = RunMode.Backfill, IncludeOpen = true });

        Assert.Equal(ahead.SentAt, receipt.ForgottenAt);
        Assert.Equal((1, 1), (report.Read, report.Skipped[SkipReasons.Forgotten]));
        Assert.Empty(await engine.StoredAsync());
    }

    [Fact]
    public async Task Neither_notices_nor_later_runs_name_the_forgotten()
    {
        const string Name = "the house in Larkspur Lane";
        _stage.Say(Stage.Thread(Name), 0, id: "1");
        _stage.Say(Stage.Thread(Name), 5, id: "1");
        _stage.Say(Stage.Thread("t1", tenant: "acme"), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        var notices = (await _stage.BackfillAsync()).Notices;
        Assert.Contains(notices, notice => notice.Contains(Name, StringComparison.Ordinal));
        await ForgetAsync();

        AssertNowhereInState(Name);
        _stage.Say(Stage.Thread("t1", tenant: "acme"), 400);
        _stage.Time.Advance(TimeSpan.FromDays(1));
        await _stage.BackfillAsync();

        AssertNowhereInState(Name);
        using var engine = _stage.Open();
        foreach (var run in await engine.State.Runs.ListAsync(100, CancellationToken.None))
        {
            Assert.All(await engine.State.Runs.GetEntriesAsync(run.Id, CancellationToken.None), entry => Assert.Equal("acme", entry.Tenant));
        }
    }

    private async Task FillAsync()
    {
        _stage.Say(Stage.Thread("t1"), 0);
        _stage.Say(Stage.Thread("t1"), 10, text: new string('x', 450));
        _stage.Say(Stage.Thread("t2", scope: "ministry"), 0);
        _stage.Say(Stage.Thread("t1", tenant: "acme"), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(3, (await _stage.BackfillAsync()).Created);
    }

    private void AssertNowhereInState(string name)
    {
        var files = Directory.GetFiles(_stage.Root, "state.db*");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) < 0, file));
    }

    private async Task ForgetAsync()
    {
        using var engine = _stage.Open();
        await engine.Eraser.ForgetAsync("default", "dana", CancellationToken.None);
    }
}
