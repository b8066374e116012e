using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Memorize.Generation;
using Recollect.Recall;
using Recollect.Runs;
using Recollect.Telemetry;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Telemetry;

public sealed class TraceTests
{
    private static readonly (string Thread, string[] Texts)[] Five = [.. Enumerable.Range(1, 5).Select(n => ($"t{n}", new[] { $"We sail on day {n}.", "Bring a coat." }))];

    [Fact]
    public async Task Each_conversation_is_a_trace_of_its_own_linked_to_its_batch()
    {
        await using var bench = new TelemetryBench(new ListedSource(Five));

        await bench.TriggerAndWorkAsync();

        var trigger = Assert.Single(bench.Caught.Named(TelemetryNames.SpanTrigger));
        Assert.Equal((ActivityKind.Producer, 5), (trigger.Kind, trigger.GetTagItem(TelemetryNames.TagConversations)));
        var batches = bench.Caught.Named(TelemetryNames.SpanBatch);
        Assert.Equal(4, batches.Length); // one that was parted into three
        Assert.All(batches, batch => Assert.Equal((ActivityKind.Consumer, trigger.TraceId, trigger.SpanId), (batch.Kind, batch.TraceId, batch.ParentSpanId)));
        var runs = bench.Caught.Named(TelemetryNames.SpanRun);
        Assert.All(runs, run => Assert.Contains(batches, batch => run.ParentSpanId == batch.SpanId));
        var conversations = bench.Caught.Named(TelemetryNames.SpanConversation);
        Assert.Equal((5, 5), (conversations.Length, conversations.Select(one => one.TraceId).Distinct().Count()));
        Assert.All(conversations, one => AssertWhole(one, bench.Caught, runs));
    }

    [Fact]
    public async Task A_nightly_run_links_its_conversations_too()
    {
        await using var bench = new TelemetryBench(new ListedSource(Five));

        var report = await bench.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Nightly }, progress: null, CancellationToken.None);
        await bench.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);

        var runs = bench.Caught.Named(TelemetryNames.SpanRun);
        Assert.Equal(["nightly", "backfill"], runs.Select(run => run.GetTagItem(TelemetryNames.TagMode)));
        Assert.Equal(report.RunId, runs[0].GetTagItem(TelemetryNames.TagRunId));
        Assert.Equal(5, bench.Caught.Named(TelemetryNames.SpanConversation).Length); // unchanged ones have no trace
        Assert.All(bench.Caught.Named(TelemetryNames.SpanConversation), one => AssertWhole(one, bench.Caught, runs[..1]));
    }

    [Fact]
    public async Task A_failure_is_an_error_with_its_reason_and_each_try_is_seen()
    {
        await using var bench = new TelemetryBench(new ListedSource(Five[..1]), services => services.AddSingleton<IMemoryWriter>(new FailingWriter(new GenerationException("The model is away.", isTransient: true))));

        await bench.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);

        var conversation = Assert.Single(bench.Caught.Named(TelemetryNames.SpanConversation));
        Assert.Equal((ActivityStatusCode.Error, "generation"), (conversation.Status, conversation.StatusDescription));
        Assert.Equal(("failed", "generation"), (conversation.GetTagItem(TelemetryNames.TagOutcome), conversation.GetTagItem(TelemetryNames.TagReason)));
        Assert.Equal(new RunOptions().Attempts, bench.Caught.Named(TelemetryNames.SpanWrite).Length);
        Assert.All(bench.Caught.Named(TelemetryNames.SpanWrite), write => Assert.Equal((ActivityStatusCode.Error, "The model is away."), (write.Status, write.StatusDescription)));
        Assert.Empty(bench.Caught.Named(TelemetryNames.SpanEmbed));
        Assert.Equal(1, bench.Caught.Named(TelemetryNames.SpanRun)[0].GetTagItem(TelemetryNames.TagFailed) as long?);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("🦀-💥-\0-\uD800")]
    public async Task A_message_with_no_trace_context_begins_a_trace(string? traceParent)
    {
        await using var bench = new TelemetryBench(new ListedSource(Five));
        await bench.Get<IWorkQueue>().SendAsync(new("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":["t1","t2"]}""") { TraceParent = traceParent }, CancellationToken.None);

        await bench.TriggerAndWorkAsync();

        Assert.Contains(bench.Caught.Named(TelemetryNames.SpanBatch), batch => batch.ParentSpanId == default);
    }

    [Fact]
    public async Task What_is_put_aside_is_an_error_with_the_reason()
    {
        await using var bench = new TelemetryBench(new ListedSource(Five));
        await bench.Get<IWorkQueue>().SendAsync(new("""{"secret": """), CancellationToken.None);

        await bench.TriggerAndWorkAsync();

        var buried = Assert.Single(bench.Caught.Named(TelemetryNames.SpanBatch), batch => batch.Status is ActivityStatusCode.Error);
        Assert.NotEmpty(buried.StatusDescription!);
        Assert.DoesNotContain("secret", buried.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_host_has_begun_and_does_not_record_leaves_no_gap()
    {
        await using var bench = new TelemetryBench(new ListedSource(Five));
        using var request = new Activity("request of a host").Start();

        await bench.Get<RecallEngine>().RecallAsync(new() { Owner = new() { User = ListedSource.User }, Text = "when do we sail" }, CancellationToken.None);

        Assert.Same(request, Activity.Current);
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        await bench.Get<RecallEngine>().RecallAsync(new() { Owner = new() { User = ListedSource.User }, Text = "when do we sail" }, CancellationToken.None);

        Assert.Equal([default, request.SpanId], bench.Caught.Named(TelemetryNames.SpanRecall).Select(span => span.ParentSpanId));
    }

    [Fact]
    public async Task Where_nobody_listens_there_are_no_spans_and_messages_carry_none()
    {
        var services = new TelemetryBench(new ListedSource(Five));
        services.Caught.Dispose();
        await using (services)
        {
            await services.Get<MemoryTrigger>().TriggerAsync(most: null, CancellationToken.None);

            await foreach (var delivery in services.Get<IWorkQueue>().ReceiveAsync(1, CancellationToken.None))
            {
                Assert.Null(delivery.Message.TraceParent);
                break;
            }
        }
    }

    private static void AssertWhole(Activity conversation, TelemetryCatcher caught, Activity[] runs)
    {
        Assert.Equal(default, conversation.ParentSpanId);
        var link = Assert.Single(conversation.Links).Context;
        var run = Assert.Single(runs, run => run.SpanId == link.SpanId && run.TraceId == link.TraceId);
        Assert.Equal(run.GetTagItem(TelemetryNames.TagRunId), conversation.GetTagItem(TelemetryNames.TagRunId));
        Assert.Equal("created", conversation.GetTagItem(TelemetryNames.TagOutcome));
        Assert.Equal(2, conversation.GetTagItem(TelemetryNames.TagMessages));
        Assert.Matches("^[0-9a-f]{32}$", (string)conversation.GetTagItem(TelemetryNames.TagConversationId)!);
        var inside = caught.Spans.Where(span => span.TraceId == conversation.TraceId && span != conversation).ToArray();
        Assert.Equal([TelemetryNames.SpanWrite, TelemetryNames.SpanEmbed, TelemetryNames.SpanStore], inside.Select(span => span.OperationName), StringComparer.Ordinal);
        Assert.All(inside, span => Assert.Equal((conversation.SpanId, ActivityStatusCode.Unset), (span.ParentSpanId, span.Status)));
    }
}
