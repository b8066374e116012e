using Recollect.Conformance.Servers;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Stores;
using Recollect.Runs;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

/// <summary>The whole pipeline over an endpoint that fails in every way (P7, P8, P14).</summary>
public sealed class StormTests : IAsyncLifetime
{
    private const int Conversations = 40;
    private const int Dimensions = 8;

    private readonly Stage _stage = new(new() { Concurrency = 8 });
    private EmbeddingServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await EmbeddingServer.StartAsync();
        for (var i = 0; i < Conversations; i++)
        {
            _stage.Say(Stage.Thread($"t{i}"), 0, text: $"We spoke about the boat number {i}, and that it needs paint before the summer.");
            _stage.Say(Stage.Thread($"t{i}"), 1, text: string.Concat(Enumerable.Repeat($"And so on about {i}. ", i % 30)) + "Good.");
        }

        _stage.Time.Advance(TimeSpan.FromHours(5));
    }

    public async ValueTask DisposeAsync()
    {
        _stage.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_stored_half_and_all_in_the_end_and_every_token_is_counted()
    {
        var faults = FailureTests.Faults().Select(row => row.Data.Item2).ToArray();
        var tokensOfAll = 0L;
        _server.Script(call =>
        {
            Interlocked.Add(ref tokensOfAll, call.Inputs.Sum(_server.CountTokens));
            return call.Number % 3 == 0 ? null : faults[call.Number % faults.Length];
        });
        var (calls, tokens) = (0L, 0L);
        for (var run = 0; run < 30 && (await _stage.StoredAsync()).Count < Conversations; run++)
        {
            var report = await RunAsync(RunMode.Backfill);
            (calls, tokens) = (calls + report.Embedding.Calls, tokens + report.Embedding.Tokens);
            Assert.Equal(report.Read, report.Created + report.Unchanged + report.Failed.Values.Sum() + report.Skipped.Values.Sum());
            Assert.All(await _stage.StoredAsync(), AssertWhole);
            _stage.Time.Advance(TimeSpan.FromDays(2));
        }

        Assert.Equal(Conversations, (await _stage.StoredAsync()).Count);
        Assert.Equal(_server.Calls.Count, calls);
        Assert.InRange(tokens, _server.BilledTokens, tokensOfAll * 2); // failed calls count as estimated
    }

    [Fact]
    public async Task A_cap_is_never_exceeded_and_later_runs_go_on_where_it_ended()
    {
        const long Cap = 1_000;
        var before = 0L;
        for (var run = 0; run < 60 && (await _stage.StoredAsync()).Count < Conversations; run++)
        {
            var report = await RunAsync(RunMode.Backfill, Cap);
            Assert.InRange(_server.BilledTokens - before, 1, Cap);
            Assert.Equal(_server.BilledTokens - before, report.Embedding.Tokens);
            before = _server.BilledTokens;
            _stage.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(Conversations, (await _stage.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_conversation_that_waits_for_budget_is_not_parked_and_says_why()
    {
        var report = await RunAsync(RunMode.Backfill, 300, parkAfterRuns: 1);

        Assert.InRange(report.Failed[FailureReasons.Embedding], 1, Conversations);
        using var engine = _stage.Open();
        var pending = await engine.State.Pending.ListAsync(source: null, TestContext.Current.CancellationToken);
        Assert.Equal(report.Failed[FailureReasons.Embedding], pending.Count);
        Assert.All(pending, one => Assert.Equal((State.PendingStatus.Failed, 0), (one.Status, one.FailedRuns)));
        Assert.All(pending, one => Assert.Contains("Embedding:MaxTokensPerRun", one.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_without_credit_is_not_tried_again_within_the_run()
    {
        _server.Script(_ => EmbeddingAnswer.NoQuota);
        var report = await RunAsync(RunMode.Backfill);
        Assert.Equal((Conversations, Conversations), (report.Failed[FailureReasons.Embedding], _server.Calls.Sum(call => call.Inputs.Distinct(StringComparer.Ordinal).Count(text => text.Contains("boat", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Many_conversations_take_few_requests()
    {
        var report = await RunAsync(RunMode.Backfill, linger: TimeSpan.FromMilliseconds(200));
        Assert.Equal((Conversations, _server.Calls.Count), (report.Created, report.Embedding.Calls));
        Assert.InRange(_server.Calls.Count, 1, Conversations / 2);
        Assert.Equal(_server.BilledTokens, report.Embedding.Tokens);
    }

    private async Task<RunReport> RunAsync(RunMode mode, long? cap = null, int parkAfterRuns = 100, TimeSpan? linger = null)
    {
        using var embedder = Embedders.Of(_server, options => (options.Dimensions, options.Linger) = (Dimensions, linger ?? options.Linger));
        using var plan = new FaultPlan();
        _stage.Source.Plan = plan;
        var settings = _stage.Settings with { MaxTokensPerRun = cap, ParkAfterRuns = parkAfterRuns };
        using var engine = new Engine(_stage.Root, _stage.Source, _stage.Parts with { Embedder = embedder }, _stage.Time, settings, plan);
        return await _stage.Time.DriveAsync(() => engine.RunAsync(new() { Mode = mode }));
    }

    private static void AssertWhole(MemoryRecord record)
    {
        Assert.NotEmpty(record.Chunks);
        Assert.All(record.Chunks, chunk => Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Norm(chunk.Vector.Span), 0.999f, 1.001f));
    }
}
