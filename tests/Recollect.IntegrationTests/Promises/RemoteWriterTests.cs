using Microsoft.Extensions.AI;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Promises;

/// <summary>P3, P6 and P7 where a receiver or a model outside writes: nothing is asked for twice, and what is refused is parked.</summary>
public sealed class RemoteWriterTests : IDisposable
{
    private static readonly RunRequest Backfill = new() { Mode = RunMode.Backfill };

    private readonly Stage _stage = new(new() { ParkAfterRuns = 3, Delay = TimeSpan.FromSeconds(1) });

    public RemoteWriterTests()
    {
        _stage.Writer.IsRemote = true;
        _stage.Say(Stage.Thread(), 0);
        _stage.Time.Advance(TimeSpan.FromHours(5));
    }

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task What_was_written_is_not_written_again_because_the_embedder_failed()
    {
        _stage.Embedder.First = (_, _) => throw new EmbeddingException("No quota.");
        Assert.Equal(1, (await _stage.BackfillAsync()).Failed[FailureReasons.Embedding]);
        _stage.Embedder.First = null;

        var report = await _stage.RunAsync(new() { Mode = RunMode.Retry });

        Assert.Equal((1, 1), (report.Created, _stage.Writer.Calls));
        Assert.Equal(0, report.Model.Calls);
        Assert.Equal(PlainWriter.Write(Read()).Facts.Select(fact => fact.Text), Assert.Single(await _stage.StoredAsync()).Memory.Facts.Select(fact => fact.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_was_written_is_not_written_again_because_the_process_died_before_it_was_stored()
    {
        using (var plan = new FaultPlan(FaultKind.Kill, 0, typeof(IEmbeddingGenerator<string, Embedding<float>>)))
        using (var engine = _stage.Open(plan))
        {
            await _stage.Time.DriveAsync(() => engine.TryRunAsync(Backfill));
        }

        var report = await _stage.BackfillAsync();

        Assert.Equal((1, 1), (report.Created, _stage.Writer.Calls));
    }

    [Fact]
    public async Task Other_content_is_written_anew_whatever_was_kept()
    {
        _stage.Embedder.First = (_, _) => throw new EmbeddingException("No quota.");
        await _stage.BackfillAsync();
        _stage.Embedder.First = null;
        _stage.Say(Stage.Thread(), 1);

        var report = await _stage.BackfillAsync();

        Assert.Equal((1, 2), (report.Created, _stage.Writer.Calls));
        Assert.StartsWith("2 messages", Assert.Single(await _stage.StoredAsync()).Memory.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_stays_kept_of_what_is_stored()
    {
        await _stage.BackfillAsync();

        using var engine = _stage.Open();
        Assert.Equal(0, await CountPaidAsync(engine));
    }

    [Theory]
    [InlineData(RunMode.Backfill)]
    [InlineData(RunMode.Retry)]
    public async Task Nothing_stays_kept_of_what_is_stored_though_the_process_died_right_after(RunMode mode)
    {
        const int Dropping = 2; // after it was looked for, and kept
        using (var plan = new FaultPlan(FaultKind.Kill, Dropping, typeof(IPaidWritings)))
        using (var killed = _stage.Open(plan))
        {
            await _stage.Time.DriveAsync(() => killed.TryRunAsync(Backfill));
            Assert.Equal($"{nameof(IPaidWritings)}.{nameof(IPaidWritings.DropAsync)}", plan.Made.Last(call => call.StartsWith(nameof(IPaidWritings), StringComparison.Ordinal)));
            var stored = Assert.Single(await killed.StoredAsync()).Memory;
            await killed.State.PaidEmbeddings.KeepAsync(new(stored.Id, stored.Owner.Tenant, stored.Owner.User), new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal) { ["a"] = new float[] { 1 } }, CancellationToken.None);
        }

        Assert.Equal(1, (await _stage.RunAsync(new() { Mode = mode, DryRun = true })).Unchanged);
        using var engine = _stage.Open();
        Assert.Single(await engine.State.PaidWritings.FindKeptAsync([Read().Id], CancellationToken.None));

        Assert.Equal(1, (await engine.RunAsync(new() { Mode = mode })).Unchanged);

        Assert.Empty(await engine.State.PaidWritings.FindKeptAsync([Read().Id], CancellationToken.None));
        Assert.Empty(await engine.State.PaidEmbeddings.FindKeptAsync([Read().Id], CancellationToken.None));
        Assert.Equal(1, _stage.Writer.Calls);
    }

    [Fact]
    public async Task Another_embedder_makes_new_vectors_and_writes_nothing()
    {
        await _stage.BackfillAsync();
        var before = Assert.Single(await _stage.StoredAsync()).Memory;
        using var engine = new Engine(_stage.Root, _stage.Source, _stage.Parts, _stage.Time, _stage.Settings with { ChunkCharacters = 300 }, new());

        var report = await engine.RunAsync(Backfill);

        Assert.Equal((1, 0, 1), (report.Updated, report.Model.Calls, _stage.Writer.Calls));
        var after = Assert.Single(await engine.StoredAsync()).Memory;
        Assert.NotEqual(before.Fingerprint.MadeBy, after.Fingerprint.MadeBy, StringComparer.Ordinal);
        Assert.Equal((before.Summary, before.Data), (after.Summary, after.Data));
    }

    [Fact]
    public async Task A_writer_that_writes_once_leaves_a_conversation_that_grew_as_it_is()
    {
        _stage.Writer.WritesOnce = true;
        await _stage.BackfillAsync();
        _stage.Say(Stage.Thread(), 30);
        _stage.Say(Stage.Thread(), -30); // earlier than its first message: another id

        var report = await _stage.BackfillAsync();

        Assert.Equal((0, 1, 1), (report.Created, report.Skipped[SkipReasons.AlreadySent], _stage.Writer.Calls));
        Assert.StartsWith("1 messages", Assert.Single(await _stage.StoredAsync()).Memory.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_is_made_again_for_a_conversation_that_grew_is_told()
    {
        _stage.Writer.First = (conversation, _) => ValueTask.FromResult<WrittenMemory?>(PlainWriter.Write(conversation) with { IsDelivered = true });
        Assert.Equal((1, 0), ((await _stage.BackfillAsync()).DeliveriesSent, (await _stage.BackfillAsync()).DeliveriesSent));
        _stage.Say(Stage.Thread(), 30);

        var report = await _stage.BackfillAsync();

        Assert.Equal((1, 1), (report.Updated, report.DeliveriesSent));
        Assert.Contains("sent under a new key", Assert.Single(report.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_receiver_refuses_is_parked_at_once_with_the_reason_and_waits_for_a_retry()
    {
        _stage.Say(Stage.Thread("t2"), 0);
        _stage.Writer.First = (conversation, _) => conversation.Thread.Thread is "t1" ? throw new DeliveryException("It answered 422.") { IsRefusal = true } : default;

        var report = await _stage.BackfillAsync();

        Assert.Equal((1, 1, 1, 2), (report.Created, report.Failed[FailureReasons.Delivery], report.DeliveriesFailed, _stage.Writer.Calls));
        using var engine = _stage.Open();
        var parked = Assert.Single(await engine.State.Pending.ListAsync(source: null, CancellationToken.None));
        Assert.Equal((PendingStatus.Parked, "It answered 422."), (parked.Status, parked.Error));
        Assert.Equal(1, (await engine.RunAsync(Backfill)).Skipped[SkipReasons.Parked]);
        _stage.Writer.First = null;
        Assert.Equal(1, (await engine.RunAsync(new() { Mode = RunMode.Retry })).Created);
    }

    [Fact]
    public async Task Who_asks_to_be_left_alone_for_a_while_is_left_alone_so_long()
    {
        _stage.Writer.First = (_, _) => _stage.Writer.Calls < 3 ? throw new DeliveryException("It answered 429.", isTransient: true) { RetryAfter = TimeSpan.FromSeconds(42) } : default;

        var report = await _stage.Time.DriveAsync(_stage.BackfillAsync);

        Assert.Equal(1, report.Created);
        Assert.Equal([TimeSpan.FromSeconds(42), TimeSpan.FromSeconds(42)], _stage.Time.Delays);
    }

    [Fact]
    public async Task Who_asks_for_more_than_a_run_can_wait_is_left_to_a_later_run()
    {
        _stage.Writer.First = (_, _) => throw new DeliveryException("It answered 429.", isTransient: true) { RetryAfter = TimeSpan.FromHours(2) };

        var report = await _stage.BackfillAsync();

        Assert.Equal((1, 1), (report.Failed[FailureReasons.Delivery], _stage.Writer.Calls));
        using var engine = _stage.Open();
        Assert.Equal(_stage.Time.GetUtcNow() + TimeSpan.FromHours(2), Assert.Single(await engine.State.Pending.ListAsync(source: null, CancellationToken.None)).NextTryAt);
    }

    [Fact]
    public async Task A_night_asks_the_source_for_what_failed_since_it_started_and_not_for_what_is_parked()
    {
        await _stage.BackfillAsync();
        _stage.Time.Advance(TimeSpan.FromDays(10));
        _stage.Say(Stage.Thread("parked"), 60 * 24 * 3);
        _stage.Say(Stage.Thread("failed"), 60 * 24 * 5);
        _stage.Writer.First = (conversation, _) => throw new DeliveryException("No.") { IsRefusal = conversation.Thread.Thread is "parked" };
        await _stage.BackfillAsync();
        _stage.Source.Requests.Clear();

        await _stage.NightlyAsync();

        var request = Assert.Single(_stage.Source.Requests);
        Assert.Equal((1, Stage.Start.AddDays(5)), (request.Conversations.Count, request.ConversationsSince));
        _stage.Source.Requests.Clear();
        await _stage.RunAsync(new() { Mode = RunMode.Retry });
        Assert.Equal((2, Stage.Start.AddDays(3)), (_stage.Source.Requests[0].Conversations.Count, _stage.Source.Requests[0].ConversationsSince));
    }

    private Conversation Read()
    {
        var thread = Assert.Single(_stage.Source.Threads);
        return Conversation.FromRun(thread.Key, thread.Messages);
    }

    private static async Task<int> CountPaidAsync(Engine engine)
    {
        var stored = Assert.Single(await engine.StoredAsync()).Memory;
        var removed = await engine.State.ForgetAsync(stored.Owner.Tenant, stored.Owner.User, CancellationToken.None);
        return (int)removed - 1; // the entry of the journal
    }
}
