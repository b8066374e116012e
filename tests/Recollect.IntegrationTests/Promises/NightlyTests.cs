using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Generation;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P9.</summary>
public sealed class NightlyTests : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task The_first_night_reads_everything()
    {
        await _stage.NightlyAsync();

        Assert.Null(Assert.Single(_stage.Source.Requests).ChangedSince);
    }

    [Theory]
    [InlineData(3, 24)]
    [InlineData(26, 1)]
    [InlineData(22, 24)]
    [InlineData(100, 24)]
    public async Task A_night_reads_from_the_lookback_or_from_the_watermark_whichever_is_earlier(int hoursSince, int lookback)
    {
        await _stage.NightlyAsync();
        var watermark = _stage.Time.GetUtcNow();
        _stage.Time.Advance(TimeSpan.FromHours(hoursSince));

        await _stage.RunAsync(new() { Mode = RunMode.Nightly, Lookback = TimeSpan.FromHours(lookback) });

        var fromWatermark = watermark - _stage.Settings.Window - Margin;
        var fromLookback = _stage.Time.GetUtcNow() - TimeSpan.FromHours(lookback);
        Assert.Equal(fromWatermark < fromLookback ? fromWatermark : fromLookback, _stage.Source.Requests[^1].ChangedSince);
    }

    [Fact]
    public async Task A_night_asks_for_every_conversation_that_is_open_or_failed()
    {
        _stage.Say(Stage.Thread("failing"), 0);
        _stage.Say(Stage.Thread("good"), 0);
        _stage.Time.AdvanceTo(Stage.Start.AddHours(5));
        _stage.Say(Stage.Thread("open"), 299);
        _stage.Writer.First = (conversation, _) => conversation.Thread.Thread is "failing" ? throw new GenerationException("No.") : default(ValueTask<WrittenMemory?>);
        await _stage.NightlyAsync();
        _stage.Writer.First = null;
        _stage.Source.Depth = ReadDepth.Conversations;
        _stage.Time.Advance(TimeSpan.FromDays(9));

        var report = await _stage.NightlyAsync();

        Assert.Equal(2, _stage.Source.Requests[^1].Conversations.Count);
        Assert.Equal((2, 2), (report.Read, report.Created));
        Assert.Empty((await ReadAgainAsync()).Conversations);
    }

    [Fact]
    public async Task Conversations_that_failed_do_not_hold_the_watermark_back()
    {
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        _stage.Writer.First = (_, _) => throw new GenerationException("No.");

        Assert.Equal(1, (await _stage.NightlyAsync()).Failed[FailureReasons.Generation]);

        Assert.Equal(_stage.Time.GetUtcNow(), await WatermarkAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_night_whose_source_broke_off_is_caught_up(int at)
    {
        await _stage.NightlyAsync();
        var watermark = await WatermarkAsync();
        _stage.Time.Advance(TimeSpan.FromHours(10));
        _stage.Say(Stage.Thread(), 0);
        using (var plan = new FaultPlan(FaultKind.Fail, at, typeof(Ingest.Sources.ISource)))
        using (var engine = _stage.Open(plan))
        {
            var outcome = await engine.TryRunAsync(new() { Mode = RunMode.Nightly });
            Assert.IsType<Ingest.Sources.SourceException>(outcome.Failure);
            outcome.AssertAccountCloses();
        }

        Assert.Equal(watermark, await WatermarkAsync());
        _stage.Source.Depth = ReadDepth.Conversations;
        _stage.Time.Advance(TimeSpan.FromDays(5));

        Assert.Equal(1, (await _stage.NightlyAsync()).Created);
        Assert.Equal(_stage.Time.GetUtcNow(), await WatermarkAsync());
    }

    [Fact]
    public async Task A_source_that_could_not_be_read_whole_keeps_the_watermark()
    {
        _stage.Source.Unreachable = new("chats/b.jsonl", "it is locked");

        Assert.False((await _stage.NightlyAsync()).SourceComplete);

        Assert.Null(await WatermarkAsync());
    }

    [Theory]
    [InlineData(RunMode.Retry, null)]
    [InlineData(RunMode.Backfill, 1)]
    public async Task A_run_that_leaves_things_out_keeps_the_watermark(RunMode mode, int? limit)
    {
        await _stage.RunAsync(new() { Mode = mode, Limit = limit });

        Assert.Null(await WatermarkAsync());
    }

    [Fact]
    public async Task What_was_in_hand_when_a_run_was_stopped_is_made_by_a_later_night()
    {
        await _stage.NightlyAsync();
        _stage.Say(Stage.Thread("t1"), 0);
        _stage.Say(Stage.Thread("t2"), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
        using var plan = new FaultPlan(FaultKind.Cancel, at: 2, typeof(IMemoryWriter)); // the second writing, after the run's beginning and the first
        using (var engine = new Engine(_stage.Root, _stage.Source, _stage.Parts, _stage.Time, _stage.Settings with { Concurrency = 2 }, plan))
        {
            using var both = new SemaphoreSlim(0);
            _stage.Writer.First = async (_, token) =>
            {
                if (_stage.Writer.Calls == 2)
                {
                    both.Release(2);
                }

                await both.WaitAsync(CancellationToken.None); // both are in hand
                token.ThrowIfCancellationRequested();
                return null;
            };
            var report = (await engine.TryRunAsync(new() { Mode = RunMode.Nightly })).Account!;
            Assert.Equal((RunStatus.Cancelled, 2, 2), (report.Status, report.Read, report.Skipped[SkipReasons.Cancelled]));
        }

        _stage.Writer.First = null;
        _stage.Source.Depth = ReadDepth.Conversations;
        _stage.Time.Advance(TimeSpan.FromDays(5));

        Assert.Equal(2, (await _stage.NightlyAsync()).Created);
    }

    private async Task<DateTimeOffset?> WatermarkAsync()
    {
        using var engine = _stage.Open();
        return await engine.State.Watermarks.GetAsync(ScriptedSource.SourceName, CancellationToken.None);
    }

    private async Task<Ingest.Sources.ReadRequest> ReadAgainAsync()
    {
        await _stage.NightlyAsync();
        return _stage.Source.Requests[^1];
    }
}
