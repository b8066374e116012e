using Recollect.IntegrationTests.Promises.Convergence;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P6 within one process: every call of every seam fails once, in turn.</summary>
public sealed class CrashTests
{
    private const int EndOfCalls = 500;

    [Theory]
    [InlineData((int)FaultKind.Kill)]
    [InlineData((int)FaultKind.KillAfter)]
    [InlineData((int)FaultKind.Fail)]
    [InlineData((int)FaultKind.FailAfter)]
    [InlineData((int)FaultKind.FailOnce)]
    [InlineData((int)FaultKind.Outage)]
    [InlineData((int)FaultKind.Surprise)]
    [InlineData((int)FaultKind.Cancel)]
    public async Task After_a_failure_at_any_call_a_re_run_gives_the_uninterrupted_result(int kind)
    {
        var expected = await UninterruptedAsync();
        var at = 0;
        for (var wasHit = true; wasHit; at++)
        {
            Assert.True(at < EndOfCalls);
            using var stage = new Stage(isDelivering: true);
            await PrepareAsync(stage);
            var written = stage.Writer.Calls;
            using (var plan = new FaultPlan((FaultKind)kind, at))
            using (var engine = stage.Open(plan))
            {
                (await engine.TryRunAsync(new() { Mode = RunMode.Backfill })).AssertAccountCloses();
                wasHit = plan.Calls > at;
            }

            stage.Time.Advance(TimeSpan.FromDays(2));
            var report = await stage.BackfillAsync();

            Assert.Empty(report.Failed);
            var stored = await stage.StoredAsync();
            Expect.SameMemories(expected, stored);
            if ((FaultKind)kind is FaultKind.Kill or FaultKind.KillAfter)
            {
                Assert.InRange(stage.Writer.Calls - written, stored.Count, stored.Count + 1); // the one in flight
            }

            await AssertDeliveredAsync(stage, stored);
        }

        Assert.InRange(at, 30, EndOfCalls);
    }

    [Fact]
    public async Task What_is_owed_for_a_memory_that_was_superseded_meanwhile_is_dropped()
    {
        using var stage = new Stage(isDelivering: true);
        stage.Say(Stage.Thread(), 30);
        stage.Time.Advance(TimeSpan.FromHours(5));
        stage.Receiver.First = _ => throw new Memorize.Delivery.DeliveryException("The receiver is away.");
        var report = await stage.BackfillAsync();
        Assert.Equal((1, 0, 1), (report.Created, report.DeliveriesSent, report.DeliveriesFailed));
        stage.Say(Stage.Thread(), 0);
        await stage.BackfillAsync();
        stage.Receiver.First = null;

        report = await stage.BackfillAsync();

        Assert.Equal(1, report.DeliveriesSent);
        Assert.Equal(Assert.Single(await stage.StoredAsync()).Memory.Id, Assert.Single(stage.Receiver.Seen).Value);
        using var engine = stage.Open();
        Assert.Empty(await engine.State.Outbox.ListAsync(stage.Receiver.Name, CancellationToken.None));
    }

    [Fact]
    public async Task A_receiver_that_fails_in_a_way_nobody_foresaw_stops_neither_this_run_nor_the_next()
    {
        using var stage = new Stage(isDelivering: true);
        stage.Say(Stage.Thread("t1"), 0);
        stage.Say(Stage.Thread("t2"), 0);
        stage.Time.Advance(TimeSpan.FromHours(5));
        stage.Receiver.First = _ => throw new InvalidOperationException("Nobody foresaw this.");

        var first = await stage.BackfillAsync();
        var second = await stage.BackfillAsync();

        Assert.Equal((2, 0, 2), (first.Created, first.Failed.Count, first.DeliveriesFailed));
        Assert.Equal((2, 2), (second.Unchanged, second.DeliveriesFailed));
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_it_delivers_counts_what_is_stored_and_delivers_it_later()
    {
        using var stage = new Stage(isDelivering: true);
        stage.Say(Stage.Thread(), 0);
        stage.Time.Advance(TimeSpan.FromHours(5));
        using var plan = new FaultPlan(FaultKind.Cancel, at: 0, only: typeof(Memorize.Delivery.IDelivery));
        using var engine = stage.Open(plan);
        stage.Receiver.First = _ => throw new OperationCanceledException(plan.Token);

        var outcome = await engine.TryRunAsync(new() { Mode = RunMode.Backfill });

        outcome.AssertAccountCloses();
        var report = outcome.Account!;
        Assert.Equal((RunStatus.Cancelled, 1, 1, 0), (report.Status, report.Read, report.Created, report.Skipped.Count));
        Assert.Single(await engine.State.Outbox.ListAsync(stage.Receiver.Name, CancellationToken.None));
        stage.Receiver.First = null;
        Assert.Equal(1, (await stage.BackfillAsync()).DeliveriesSent);
        Assert.Equal(Assert.Single(await stage.StoredAsync()).Memory.Id, Assert.Single(stage.Receiver.Seen).Value);
    }

    private static async Task<List<MemoryRecord>> UninterruptedAsync()
    {
        using var stage = new Stage(isDelivering: true);
        await PrepareAsync(stage);
        await stage.BackfillAsync();
        return await stage.StoredAsync();
    }

    /// <summary>Two memories that are joined, one that grows, one that is new and one delivery that is owed.</summary>
    private static async Task PrepareAsync(Stage stage)
    {
        stage.Writer.IsRemote = true;
        stage.Say(Stage.Thread("joined"), 0);
        stage.Say(Stage.Thread("joined"), 100);
        stage.Say(Stage.Thread("grown"), 0);
        stage.Time.AdvanceTo(Stage.Start.AddDays(1));
        stage.Receiver.First = _ => throw new Memorize.Delivery.DeliveryException("The receiver is away.");
        await stage.BackfillAsync();
        stage.Receiver.First = null;
        stage.Say(Stage.Thread("joined"), 50);
        stage.Say(Stage.Thread("grown"), 20, text: new string('y', 450));
        stage.Say(Stage.Thread("new"), 0);
        stage.Time.AdvanceTo(Stage.Start.AddDays(2));
    }

    private static async Task AssertDeliveredAsync(Stage stage, List<MemoryRecord> stored)
    {
        using var engine = stage.Open();
        Assert.Empty(await engine.State.Outbox.ListAsync(stage.Receiver.Name, CancellationToken.None));
        Assert.All(stored, record => Assert.Contains(record.Memory.Id, stage.Receiver.Seen.Values, StringComparer.Ordinal));
    }
}
