using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P7.</summary>
public sealed class FailureIsolationTests : IDisposable
{
    private readonly Stage _stage = new(new() { ParkAfterRuns = 3, Delay = TimeSpan.FromSeconds(1), Concurrency = 1 });

    public void Dispose() => _stage.Dispose();

    public static TheoryData<Exception> Failures() =>
    [
        new GenerationException("The answer was cut off."),
        new GenerationException("Too many requests.", isTransient: true),
        new InvalidOperationException("Nobody foresaw this."),
        new TaskCanceledException("The client gave up waiting."),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task One_bad_conversation_never_stops_others(Exception failure)
    {
        for (var i = 0; i < 5; i++)
        {
            _stage.Say(Stage.Thread($"t{i}"), 0);
        }

        _stage.Time.Advance(TimeSpan.FromHours(5));
        FailFor("t2", failure);

        var report = await DriveAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((RunStatus.Completed, 5, 4), (report.Status, report.Read, report.Created));
        Assert.Equal(1, report.Failed.Values.Sum());
    }

    [Fact]
    public async Task One_bad_forecast_never_stops_others()
    {
        for (var i = 0; i < 5; i++)
        {
            _stage.Say(Stage.Thread($"t{i}"), 0);
        }

        _stage.Time.Advance(TimeSpan.FromHours(5));
        using var plan = new FaultPlan(FaultKind.Fail, at: 3, typeof(IMemoryWriter));
        using var engine = _stage.Open(plan);

        var report = await engine.RunAsync(new() { Mode = RunMode.Backfill, DryRun = true });

        Assert.Equal("IMemoryWriter.Forecast", plan.Made.Where(call => call.StartsWith(nameof(IMemoryWriter), StringComparison.Ordinal)).ElementAt(3));
        Assert.Equal((RunStatus.Completed, 5, 4, 1), (report.Status, report.Read, report.Created, report.Failed[FailureReasons.Generation]));
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_four_times_after_growing_pauses()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        FailFor("t1", new GenerationException("Too many requests.", isTransient: true) { Usage = new(1, 7, 0) });

        var report = await DriveAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((4, 1), (_stage.Writer.Calls, report.Failed[FailureReasons.Generation]));
        Assert.Equal((4, 28), (report.Model.Calls, report.Model.InputTokens));
        Assert.Equal(3, _stage.Time.Delays.Count);
        Assert.All(_stage.Time.Delays, delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(1, PendingStatus.Parked)]
    [InlineData(9, PendingStatus.Failed)]
    public async Task A_failure_whose_conversation_was_joined_to_another_is_forgotten(int parkAfterRuns, PendingStatus status)
    {
        using var stage = new Stage(new() { ParkAfterRuns = parkAfterRuns });
        stage.Say(Stage.Thread(), 0);
        stage.Say(Stage.Thread(), 100);
        stage.Time.Advance(TimeSpan.FromHours(5));
        stage.Writer.First = (conversation, _) => conversation.StartedAt > Stage.Start ? throw new GenerationException("No.") : default(ValueTask<WrittenMemory?>);
        await stage.BackfillAsync();
        using var engine = stage.Open();
        Assert.Equal(status, Assert.Single(await engine.State.Pending.ListAsync(source: null, CancellationToken.None)).Status);
        stage.Writer.First = null;
        stage.Say(Stage.Thread(), 50);

        await engine.RunAsync(new() { Mode = RunMode.Backfill });

        Assert.Empty(await engine.State.Pending.ListAsync(source: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_retry_of_what_is_not_there_says_so()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        await _stage.BackfillAsync();

        var report = await _stage.RunAsync(new() { Mode = RunMode.Retry, Conversations = ["UNKNOWN"] });

        Assert.Equal((1, 1), (report.Read, report.Unchanged + report.Skipped.Values.Sum()));
        Assert.Contains("UNKNOWN", Assert.Single(report.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_succeeds_at_last_leaves_no_trace()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        _stage.Writer.First = (_, _) => _stage.Writer.Calls < 4 ? throw new GenerationException("Too many requests.", isTransient: true) : default;

        var report = await DriveAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((1, 0), (report.Created, report.Failed.Count));
        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task A_failure_that_will_not_pass_is_not_tried_again_within_the_run()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        FailFor("t1", new GenerationException("The model does not exist."));

        await DriveAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal(1, _stage.Writer.Calls);
    }

    [Fact]
    public async Task A_failed_conversation_is_left_alone_for_a_growing_pause_then_parked_until_it_changes()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        FailFor("t1", new GenerationException("The answer was cut off."));
        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.Generation]);
        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.BackingOff]);
        _stage.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.Generation]);
        _stage.Time.Advance(TimeSpan.FromMinutes(1.9));
        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.BackingOff]);
        _stage.Time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.Generation]);
        Assert.Equal((PendingStatus.Parked, 3), (Assert.Single(await PendingAsync()).Status, (await PendingAsync())[0].FailedRuns));
        _stage.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, (await _stage.NightlyAsync()).Skipped[SkipReasons.Parked]);
        Assert.Equal(3, _stage.Writer.Calls);

        _stage.Say(Stage.Thread(), 10);
        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.Generation]);
        Assert.Equal((PendingStatus.Failed, 1), (Assert.Single(await PendingAsync()).Status, (await PendingAsync())[0].FailedRuns));
    }

    [Fact]
    public async Task Retry_ignores_pauses_and_parking_and_touches_nothing_else()
    {
        _stage.Say(Stage.Thread("t1"), 0);
        _stage.Say(Stage.Thread("t2"), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        FailFor("t1", new GenerationException("The answer was cut off."));
        await _stage.BackfillAsync();
        Assert.Equal(1, (await _stage.RunAsync(new() { Mode = RunMode.Retry })).Failed[FailureReasons.Generation]);
        Assert.Equal(1, (await _stage.RunAsync(new() { Mode = RunMode.Retry })).Failed[FailureReasons.Generation]);
        Assert.Equal(PendingStatus.Parked, Assert.Single(await PendingAsync()).Status);
        _stage.Say(Stage.Thread("t3"), 0);
        _stage.Writer.First = null;

        var report = await _stage.RunAsync(new() { Mode = RunMode.Retry });

        Assert.Equal((3, 1, 1), (report.Read, report.Created, report.Unchanged));
        Assert.Equal(1, report.Skipped[SkipReasons.NotRequested]);
        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task Three_refusals_of_the_store_in_a_row_end_the_run_with_the_account_closed()
    {
        for (var i = 0; i < 8; i++)
        {
            _stage.Say(Stage.Thread($"t{i}"), 0);
        }

        _stage.Time.Advance(TimeSpan.FromHours(5));
        using var plan = new FaultPlan(FaultKind.None);
        using var engine = _stage.Open(plan);
        plan.Refuse(typeof(IMemoryStore), nameof(IMemoryStore.UpsertAsync));

        var outcome = await engine.TryRunAsync(new() { Mode = RunMode.Backfill });

        outcome.AssertAccountCloses();
        Assert.IsType<MemoryStoreException>(outcome.Failure);
        Assert.Equal((3, 3), (outcome.Account!.Read, outcome.Account.Failed[FailureReasons.Store]));
        var run = Assert.Single(await engine.State.Runs.ListAsync(9, CancellationToken.None));
        Assert.Equal(RunStatus.Aborted, run.Status);
        Assert.Null(await engine.State.Watermarks.GetAsync(ScriptedSource.SourceName, CancellationToken.None));
    }

    [Fact]
    public async Task Refusals_are_counted_within_one_run()
    {
        using var plan = new FaultPlan();
        using var engine = _stage.Open(plan);
        plan.Refuse(typeof(IMemoryStore), nameof(IMemoryStore.UpsertAsync));
        for (var run = 0; run < 3; run++)
        {
            _stage.Say(Stage.Thread($"t{run}"), 0);
            _stage.Time.Advance(TimeSpan.FromHours(5));

            var report = await engine.RunAsync(new() { Mode = RunMode.Nightly, Lookback = TimeSpan.FromHours(1) });

            Assert.Equal(RunStatus.Completed, report.Status);
            Assert.Equal(1, report.Failed.GetValueOrDefault(FailureReasons.Store));
            _stage.Source.Remove(Stage.Thread($"t{run}"));
        }
    }

    [Fact]
    public async Task An_embedder_that_fails_in_a_way_of_its_own_is_tried_again_and_named_as_the_reason()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        _stage.Embedder.First = (_, _) => throw new HttpRequestException("secret text");

        var report = await DriveAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((4, 1), (_stage.Embedder.Calls, report.Failed[FailureReasons.Embedding]));
        Assert.DoesNotContain("secret", Assert.Single(await PendingAsync()).Error, StringComparison.Ordinal);
    }

    private void FailFor(string thread, Exception failure) =>
        _stage.Writer.First = (conversation, _) => string.Equals(conversation.Thread.Thread, thread, StringComparison.Ordinal) ? throw failure : default(ValueTask<WrittenMemory?>);

    private async Task<RunReport> DriveAsync(RunRequest request)
    {
        using var engine = _stage.Open();
        return await _stage.Time.DriveAsync(() => Task.Run(() => engine.RunAsync(request)));
    }

    private async Task<IReadOnlyList<PendingConversation>> PendingAsync()
    {
        using var engine = _stage.Open();
        return await engine.State.Pending.ListAsync(source: null, CancellationToken.None);
    }
}
