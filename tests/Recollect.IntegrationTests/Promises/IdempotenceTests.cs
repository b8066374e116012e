using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P3.</summary>
public sealed class IdempotenceTests : IDisposable
{
    private static readonly string[] OwnRecordOfARun = ["runs", "run_entries", "watermarks"];

    private readonly Stage _stage = new(isDelivering: true);

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData(RunMode.Backfill)]
    [InlineData(RunMode.Nightly)]
    [InlineData(RunMode.Retry)]
    public async Task A_second_run_over_unchanged_input_calls_nobody_and_writes_only_its_own_record(RunMode mode)
    {
        await FillAsync();
        var before = Databases(OwnRecordOfARun);
        var calls = Calls();

        var report = await _stage.RunAsync(new() { Mode = mode });

        Assert.Equal((4, 4), (report.Read, report.Unchanged));
        Assert.Equal(calls, Calls());
        Assert.Equal(before, Databases(OwnRecordOfARun));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_at_all()
    {
        await FillAsync();
        _stage.Say(Stage.Thread("t9"), 0);
        var before = Databases();
        var calls = Calls();

        var report = await _stage.RunAsync(new() { Mode = RunMode.Backfill, DryRun = true, Prune = true });

        Assert.Equal((5, 1, 4), (report.Read, report.Created, report.Unchanged));
        Assert.Equal(calls, Calls());
        Assert.Equal(before, Databases());
    }

    [Fact]
    public async Task One_appended_message_makes_exactly_one_conversation_again()
    {
        await FillAsync();
        var (writer, _, deliveries) = Calls();
        _stage.Say(Stage.Thread("t1"), 210);

        var report = await _stage.BackfillAsync();

        Assert.Equal((4, 0, 1, 3), (report.Read, report.Created, report.Updated, report.Unchanged));
        Assert.Equal((writer + 1, deliveries + 1), (Calls().Writer, Calls().Deliveries));
        Assert.Equal(1, report.DeliveriesSent);
    }

    [Fact]
    public async Task Another_way_of_making_memories_makes_all_of_them_again_under_their_ids()
    {
        await FillAsync();
        var before = await _stage.StoredAsync();
        using var plan = new FaultPlan();
        using var engine = new Engine(_stage.Root, _stage.Source, _stage.Parts with { Writer = new PlainWriter { Version = "plain/2" } }, _stage.Time, _stage.Settings, plan);

        var report = await engine.RunAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((4, 4), (report.Read, report.Updated));
        Assert.Equal(before.ConvertAll(record => record.Memory.Id), (await engine.StoredAsync()).ConvertAll(record => record.Memory.Id));
    }

    [Fact]
    public async Task A_long_thread_is_asked_for_once()
    {
        const int Conversations = 2_000;
        for (var i = 0; i < Conversations; i++)
        {
            _stage.Say(Stage.Thread(), i * 100);
        }

        _stage.Time.Advance(TimeSpan.FromDays(1_000));
        Assert.Equal(Conversations, (await _stage.BackfillAsync()).Created);
        using var plan = new FaultPlan();
        using var engine = _stage.Open(plan);

        var report = await engine.RunAsync(new() { Mode = RunMode.Backfill });

        Assert.Equal((Conversations, Conversations), (report.Read, report.Unchanged));
        Assert.Single(plan.Made, call => call is "IMemoryStore.GetHeadersAsync");
        Assert.DoesNotContain("IMemoryStore.GetAsync", plan.Made, StringComparer.Ordinal);
    }

    private async Task FillAsync()
    {
        foreach (var minutes in new[] { 0, 30, 200 })
        {
            _stage.Say(Stage.Thread("t1"), minutes);
            _stage.Say(Stage.Thread("t2", user: "61"), minutes, text: new string('x', 500));
        }

        _stage.Time.AdvanceTo(Stage.Start.AddDays(2));
        Assert.Equal(4, (await _stage.BackfillAsync()).Created);
        _stage.Time.Advance(TimeSpan.FromHours(1));
    }

    private (int Writer, int Embedder, int Deliveries) Calls() => (_stage.Writer.Calls, _stage.Embedder.Calls, _stage.Receiver.Calls);

    private string[] Databases(params string[] exceptTables) =>
    [
        .. SqlDump.Of(Path.Combine(_stage.Root, "memories.db")).Select(table => $"{table.Key}: {table.Value}"),
        .. SqlDump.Of(Path.Combine(_stage.Root, "state.db"), exceptTables).Select(table => $"{table.Key}: {table.Value}"),
    ];
}
