using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance.Servers;
using Recollect.Recall;
using Recollect.Runs;
using Recollect.Telemetry;
using Xunit;

namespace Recollect.IntegrationTests.Telemetry;

public sealed class MetricTests : IAsyncLifetime
{
    private static readonly (string Thread, string[] Texts)[] Talks =
    [
        ("good", ["The comet is due in May.", "Then we watch it."]), ("refused", ["Say nothing of this.", "Understood."]), ("cut", ["A very long story.", "Go on."]), ("short", ["Hello?"]),
    ];

    private ChatServer _model = null!;

    public async ValueTask InitializeAsync() => _model = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Fact]
    public async Task Counters_close_with_the_report()
    {
        _model.Script(call => call.Material.Any(line => line.Contains("Say nothing", StringComparison.Ordinal)) ? ChatAnswer.Refused : null);
        await using var bench = Bench();

        RunReport[] reports = [await RunAsync(bench, RunMode.Backfill), await RunAsync(bench, RunMode.Nightly)];

        foreach (var report in reports)
        {
            var mode = report.Mode.ToString().ToLowerInvariant();
            long Of(string outcome, string? reason = null) => (long)bench.Caught.Numbers.Where(number =>
                number.Name is TelemetryNames.MetricConversations && string.Equals((string?)number.Tags[TelemetryNames.TagMode], mode, StringComparison.Ordinal) && string.Equals((string?)number.Tags[TelemetryNames.TagOutcome], outcome, StringComparison.Ordinal)
                && string.Equals((string?)number.Tags.GetValueOrDefault(TelemetryNames.TagReason), reason, StringComparison.Ordinal)).Sum(number => number.Value);
            Assert.Equal((report.Created, report.Updated, report.Unchanged), (Of("created"), Of("updated"), Of("unchanged")));
            Assert.All(report.Failed, pair => Assert.Equal(pair.Value, Of("failed", pair.Key)));
            Assert.All(report.Skipped, pair => Assert.Equal(pair.Value, Of("skipped", pair.Key)));
            Assert.Equal(report.Read, bench.Caught.Numbers.Where(number => number.Name is TelemetryNames.MetricConversations && string.Equals((string?)number.Tags[TelemetryNames.TagMode], mode, StringComparison.Ordinal)).Sum(number => number.Value));
        }

        Assert.Equal((2, 1, 1), (reports[0].Created, reports[0].Failed["generation"], reports[0].Skipped["too_short"]));
        Assert.Equal(reports.Sum(report => report.Model.InputTokens), bench.Caught.Sum(TelemetryNames.MetricModelTokens, TelemetryNames.TagDirection, TelemetryNames.DirectionInput));
        Assert.Equal(reports.Sum(report => report.Model.OutputTokens), bench.Caught.Sum(TelemetryNames.MetricModelTokens, TelemetryNames.TagDirection, TelemetryNames.DirectionOutput));
        Assert.Equal(reports.Sum(report => report.Embedding.Tokens), bench.Caught.Sum(TelemetryNames.MetricEmbeddingTokens, TelemetryNames.TagModel, "local-hash-v1"));
    }

    [Fact]
    public async Task Each_call_of_model_embedder_and_store_is_measured_once_with_its_outcome()
    {
        _model.Script(call => call.Material.Any(line => line.Contains("Say nothing", StringComparison.Ordinal)) ? ChatAnswer.Refused : null);
        await using var bench = Bench();

        var report = await RunAsync(bench, RunMode.Backfill);

        Assert.Equal((report.Model.Calls, 1), (Count(bench, TelemetryNames.MetricModelDuration, TelemetryNames.TagModel, "scripted"), Count(bench, TelemetryNames.MetricModelDuration, TelemetryNames.TagOutcome, "failed")));
        Assert.Equal(report.Embedding.Calls, Count(bench, TelemetryNames.MetricEmbeddingDuration, TelemetryNames.TagModel, "local-hash-v1"));
        Assert.Equal(report.Created, Count(bench, TelemetryNames.MetricStoreDuration, TelemetryNames.TagStore, "sqlite"));
        Assert.All(bench.Caught.Named(TelemetryNames.SpanWrite), write => Assert.Equal(("llm", "scripted"), (write.GetTagItem(TelemetryNames.TagWriter), write.GetTagItem(TelemetryNames.TagModel))));
        Assert.Equal(report.Model.OutputTokens, bench.Caught.Named(TelemetryNames.SpanWrite).Sum(write => write.GetTagItem(TelemetryNames.TagOutputTokens) as long? ?? 0));
    }

    [Fact]
    public async Task A_forecast_counts_nothing()
    {
        await using var bench = Bench();

        await bench.Get<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill, DryRun = true }, progress: null, CancellationToken.None);

        Assert.Empty(bench.Caught.Numbers);
        Assert.Empty(bench.Caught.Named(TelemetryNames.SpanConversation));
    }

    [Fact]
    public async Task Questions_are_measured_by_what_is_recalled()
    {
        await using var bench = Bench();
        await RunAsync(bench, RunMode.Backfill);
        var question = new RecallQuery { Owner = new() { User = ListedSource.User }, Text = "When is the comet due?" };

        var found = await bench.Get<RecallEngine>().RecallAsync(question, CancellationToken.None);
        await bench.Get<RecallEngine>().RecallMessagesAsync(question, CancellationToken.None);

        Assert.NotEmpty(found);
        Assert.Equal(["conversation", "message"], bench.Caught.Numbers.Where(number => number.Name is TelemetryNames.MetricRecallDuration).Select(number => number.Tags[TelemetryNames.TagBy]));
        var spans = bench.Caught.Named(TelemetryNames.SpanRecall);
        Assert.Equal(["conversation", "message"], spans.Select(span => span.GetTagItem(TelemetryNames.TagBy)));
        Assert.Equal(found.Count, spans[0].GetTagItem(TelemetryNames.TagResults));
    }

    private static Task<RunReport> RunAsync(TelemetryBench bench, RunMode mode) => bench.Get<MemoryPipeline>().RunAsync(new() { Mode = mode }, progress: null, CancellationToken.None);

    private static long Count(TelemetryBench bench, string name, string tag, string value) =>
        bench.Caught.Numbers.LongCount(number => string.Equals(number.Name, name, StringComparison.Ordinal) && string.Equals((string?)number.Tags.GetValueOrDefault(tag), value, StringComparison.Ordinal) && number.Value >= 0);

    private TelemetryBench Bench() => new(
        new ListedSource(Talks),
        change: null,
        new("Generation:Use", "llm"), new("Generation:Llm:Client", "openai"), new("Generation:OpenAi:Endpoint", _model.Url), new("Generation:OpenAi:Model", "scripted"), new("Generation:OpenAi:ApiKey", "sk-of-the-tests"),
        new("Segmentation:MinMessages", "2"));
}
