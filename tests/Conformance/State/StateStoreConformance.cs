using System.Security.Cryptography;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.Conformance.State;

/// <summary>What every state store promises.</summary>
public abstract partial class StateStoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero).AddTicks(7);

    private const string Odd = "a\0b\u0001\u0010c \"'%\\ zwölf 🦊\uFFFD";

    /// <summary>More than an entry of an index may hold, and nothing that could be packed tighter.</summary>
    private static readonly string Long = string.Concat(Enumerable.Range(0, 200).Select(number => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)))));

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Makes an empty state store that is ready to use and independent of every other.</summary>
    protected abstract ValueTask<IStateStore> CreateAsync();

    [Fact]
    public async Task An_empty_state_answers_everything_with_nothing()
    {
        var state = await CreateAsync();
        await state.InitializeAsync(None);
        Assert.NotEmpty(state.Name);
        Assert.Empty(await state.Runs.ListAsync(5, None));
        Assert.Empty(await state.Runs.GetEntriesAsync("r", None));
        Assert.Empty(await state.Pending.ListAsync(null, None));
        Assert.Empty(await state.Pending.GetAsync(["c"], None));
        Assert.Null(await state.Watermarks.GetAsync("files", None));
        Assert.Empty(await state.Outbox.ListAsync("webhook", None));
        Assert.Empty(await state.Tombstones.ListAsync(None));
        Assert.Empty(await state.Edits.ListAsync(null, None));
        Assert.Empty(await state.Edits.ListAsync("t", None));
        Assert.Empty(await state.PaidEmbeddings.GetAsync("c", None));
        Assert.Null(await state.PaidWritings.GetAsync("c", "k", None));
        Assert.Empty(await state.PaidEmbeddings.FindKeptAsync(["c"], None));
        Assert.Empty(await state.PaidWritings.FindKeptAsync([], None));
        Assert.Equal(0, await state.Claims.RenewAsync("w1", Minute, None));
        Assert.Empty(await state.Queued.TakeDueAsync("files", Noon, Noon, 5, None));
        Assert.Equal(0, (await state.Queued.CountAsync("files", None)).Waiting);
        Assert.Equal(0, await state.ForgetAsync("default", "u1", None));
        Assert.True((await state.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task A_run_is_replaced_by_id_and_its_report_comes_back_whole()
    {
        var state = await CreateAsync();
        var running = new RunRecord { Id = "r1", Mode = RunMode.Nightly, Source = "files", StartedAt = Noon, Status = RunStatus.Running };
        await state.Runs.SaveAsync(running, None);
        Assert.Equal(running, Assert.Single(await state.Runs.ListAsync(5, None)));
        var report = Report("r1");
        await state.Runs.SaveAsync(running with { EndedAt = Noon.AddHours(1), Status = RunStatus.Completed, Report = report }, None);
        var saved = Assert.Single(await state.Runs.ListAsync(5, None));
        Assert.Equal((RunStatus.Completed, Noon.AddHours(1)), (saved.Status, saved.EndedAt));
        var read = Assert.IsType<RunReport>(saved.Report);
        Assert.Equal(report.Skipped, read.Skipped);
        Assert.Equal(report.Failed, read.Failed);
        Assert.Equal(report.Notices, read.Notices, StringComparer.Ordinal);
        Assert.Equal(report, read with { Skipped = report.Skipped, Failed = report.Failed, Notices = report.Notices });
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        var state = await CreateAsync();
        foreach (var hour in new[] { 2, 3, 1 })
        {
            await state.Runs.SaveAsync(new() { Id = $"r{hour}", Mode = RunMode.Backfill, Source = "s", StartedAt = Noon.AddHours(hour), Status = RunStatus.Aborted }, None);
        }

        Assert.Equal(["r3", "r2"], (await state.Runs.ListAsync(2, None)).Select(run => run.Id), StringComparer.Ordinal);
        Assert.Equal(3, (await state.Runs.ListAsync(50, None)).Count);
    }

    [Fact]
    public async Task Entries_replace_each_other_by_conversation_and_come_in_order()
    {
        var state = await CreateAsync();
        RunEntry failed = new("r1", "c2", "default", "u1", Outcomes.Failed, FailureReasons.Store);
        await state.Runs.AppendAsync([failed, new("r1", "c1", "default", "o'Brien", Outcomes.Created, null), new("r2", "c1", "default", "u1", Outcomes.Updated, null)], None);
        await state.Runs.AppendAsync([failed with { Outcome = Outcomes.Created, Reason = null }, new("r1", "c3", "default", "u1", Outcomes.Unchanged, null)], None);
        await state.Runs.AppendAsync([], None);
        Assert.Equal(
            [new("r1", "c1", "default", "o'Brien", Outcomes.Created, null), failed with { Outcome = Outcomes.Created, Reason = null }],
            await state.Runs.GetEntriesAsync("r1", None));
    }

    [Fact]
    public async Task Pending_conversations_are_kept_replaced_listed_and_removed()
    {
        var state = await CreateAsync();
        var open = Pending("c2");
        var failed = Pending("c1") with
        {
            Source = "other",
            Status = PendingStatus.Failed,
            ContentHash = "abc",
            FailedRuns = 3,
            Reason = FailureReasons.Embedding,
            Error = "429 'slow'",
            NextTryAt = Noon,
            StartedAt = Noon.AddDays(-1),
        };
        await state.Pending.SaveAsync([open, failed], None);
        Assert.Equal([failed, open], await state.Pending.ListAsync(null, None));
        Assert.Equal([open], await state.Pending.ListAsync("files", None));
        Assert.Empty(await state.Pending.ListAsync("%", None));
        var parked = failed with { Status = PendingStatus.Parked, NextTryAt = null, FailedRuns = 5 };
        await state.Pending.SaveAsync([parked], None);
        string[] many = [.. Enumerable.Range(0, 2_000).Select(number => $"x{number}"), "c1", "c1"];
        Assert.Equal([parked], await state.Pending.GetAsync(many, None));
        await state.Pending.RemoveAsync(many, None);
        await state.Pending.RemoveAsync([], None);
        await state.Pending.SaveAsync([], None);
        Assert.Equal([open], await state.Pending.ListAsync(null, None));
    }

    [Fact]
    public async Task Text_comes_back_to_the_letter_however_odd_or_long()
    {
        var state = await CreateAsync();
        var odd = Odd + Long;
        var pending = Pending("c1") with { Source = odd, Tenant = odd, User = odd, ContentHash = odd, Reason = odd, Error = odd };
        await state.Pending.SaveAsync([pending with { Error = "first" }, pending], None);
        Assert.Equal([pending], await state.Pending.ListAsync(odd, None));
        RunEntry entry = new("r1", "c1", odd, odd, Outcomes.Failed, odd);
        await state.Runs.AppendAsync([entry with { Reason = "first" }, entry], None);
        Assert.Equal([entry], await state.Runs.GetEntriesAsync("r1", None));
        OutboxEntry owed = new("webhook", Odd, odd, odd, odd);
        await state.Outbox.EnqueueAsync(owed, None);
        Assert.Equal([owed], await state.Outbox.ListAsync("webhook", None));
        await state.PaidWritings.KeepAsync(new("c1", odd, odd), odd, odd, None);
        Assert.Equal(odd, await state.PaidWritings.GetAsync("c1", odd, None));
        await state.PaidEmbeddings.KeepAsync(new("c1", odd, odd), Vectors((Odd, [1])), None);
        Assert.Equal([Odd], (await state.PaidEmbeddings.GetAsync("c1", None)).Keys, StringComparer.Ordinal);
        await state.Tombstones.AddAsync(new(odd, odd, Noon), None);
        Assert.Equal([new(odd, odd, Noon)], await state.Tombstones.ListAsync(None));
        var edit = Edit(Odd, 0) with { Tenant = odd, User = odd, By = odd, Fact = odd, Replacement = odd, FactKind = odd, MessageIds = [odd, odd] };
        await state.Edits.AddAsync(edit, None);
        AssertSame([edit], await state.Edits.ListAsync(Odd, None));
        Assert.Equal(6, await state.ForgetAsync(odd, odd, None));
    }

    [Fact]
    public async Task A_watermark_only_advances()
    {
        var state = await CreateAsync();
        await state.Watermarks.AdvanceAsync("files", Noon, None);
        await state.Watermarks.AdvanceAsync("files", Noon.AddTicks(-1), None);
        await state.Watermarks.AdvanceAsync("other", Noon.AddDays(-1), None);
        Assert.Equal(Noon, await state.Watermarks.GetAsync("files", None));
        await state.Watermarks.AdvanceAsync("files", new(Noon.AddTicks(1).AddHours(2).DateTime, TimeSpan.FromHours(2)), None);
        Assert.Equal(Noon.AddTicks(1), await state.Watermarks.GetAsync("files", None));
        Assert.Equal(Noon.AddDays(-1), await state.Watermarks.GetAsync("other", None));
    }

    [Fact]
    public async Task A_delivery_is_owed_once_until_it_is_removed()
    {
        var state = await CreateAsync();
        OutboxEntry b = new("webhook", "b", "m1", "default", "u1");
        OutboxEntry a = new("webhook", "a", "m2", "default", "u2");
        foreach (var entry in new[] { b, a, b with { MemoryId = "changed" }, a with { Delivery = "mail" } })
        {
            await state.Outbox.EnqueueAsync(entry, None);
        }

        Assert.Equal([a, b], await state.Outbox.ListAsync("webhook", None));
        await state.Outbox.RemoveAsync("webhook", "a", None);
        await state.Outbox.RemoveAsync("webhook", "unknown", None);
        Assert.Equal([b], await state.Outbox.ListAsync("webhook", None));
        Assert.Single(await state.Outbox.ListAsync("mail", None));
    }

    [Fact]
    public async Task Of_two_tombstones_the_later_stands()
    {
        var state = await CreateAsync();
        await state.Tombstones.AddAsync(new("default", "u1", Noon), None);
        await state.Tombstones.AddAsync(new("default", "u1", Noon.AddDays(-1)), None);
        await state.Tombstones.AddAsync(new("t2", "u1", Noon.AddDays(-1)), None);
        Assert.Equal([new("default", "u1", Noon), new("t2", "u1", Noon.AddDays(-1))], (await state.Tombstones.ListAsync(None)).OrderBy(tombstone => tombstone.Tenant, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Edits_are_kept_in_order_replaced_by_moment_and_removed()
    {
        var state = await CreateAsync();
        var forgotten = Edit("t1", 2) with { Kind = MemoryEditKind.Forgotten, Fact = null, Replacement = null, FactKind = null, MessageIds = [], From = Noon, To = Noon.AddTicks(1) };
        foreach (var edit in new[] { forgotten, Edit("t2", 0), Edit("t1", 1) with { Fact = "before" }, Edit("t1", 1) with { Kind = MemoryEditKind.Deleted, Replacement = null } })
        {
            await state.Edits.AddAsync(edit, None);
        }

        AssertSame([Edit("t1", 1) with { Kind = MemoryEditKind.Deleted, Replacement = null }, forgotten], await state.Edits.ListAsync("t1", None));
        AssertSame([.. await state.Edits.ListAsync("t1", None), Edit("t2", 0)], await state.Edits.ListAsync(null, None));
        await state.Edits.RemoveAsync([Edit("t1", 1), Edit("t2", 7), Edit("unknown", 1)], None);
        await state.Edits.RemoveAsync([], None);
        AssertSame([forgotten, Edit("t2", 0)], await state.Edits.ListAsync(null, None));
    }

    [Fact]
    public async Task Paid_embeddings_are_kept_beside_each_other_until_dropped()
    {
        var state = await CreateAsync();
        PaidConversation conversation = new("c1", "default", "u1");
        float[] odd = [float.Epsilon, -0f, 1f / 3];
        await state.PaidEmbeddings.KeepAsync(conversation, Vectors(("a", odd)), None);
        await state.PaidEmbeddings.KeepAsync(conversation, Vectors(("b", [1]), ("a", odd)), None);
        await state.PaidEmbeddings.KeepAsync(conversation, Vectors(), None);
        await state.PaidEmbeddings.KeepAsync(conversation with { ConversationId = "c2" }, Vectors(("a", [2])), None);
        var kept = await state.PaidEmbeddings.GetAsync("c1", None);
        Assert.Equal(["a", "b"], kept.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(odd.Select(BitConverter.SingleToInt32Bits), kept["a"].ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(["c1", "c2"], (await state.PaidEmbeddings.FindKeptAsync(["c2", "unknown", "c1", "c1"], None)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        await state.PaidEmbeddings.DropAsync("c1", None);
        await state.PaidEmbeddings.DropAsync("unknown", None);
        Assert.Empty(await state.PaidEmbeddings.GetAsync("c1", None));
        Assert.Single(await state.PaidEmbeddings.GetAsync("c2", None));
    }

    [Fact]
    public async Task A_paid_writing_is_kept_under_its_key_until_another_or_none_is()
    {
        var state = await CreateAsync();
        PaidConversation conversation = new("c1", "default", "u1");
        await state.PaidWritings.KeepAsync(conversation, "k1", """{"Summary":"first"}""", None);
        await state.PaidWritings.KeepAsync(conversation with { ConversationId = "c2" }, "k1", "{}", None);
        Assert.Equal("""{"Summary":"first"}""", await state.PaidWritings.GetAsync("c1", "k1", None));
        Assert.Null(await state.PaidWritings.GetAsync("c1", "k2", None));
        await state.PaidWritings.KeepAsync(conversation, "k2", """{"Summary":"zwölf 🦊"}""", None);
        Assert.Null(await state.PaidWritings.GetAsync("c1", "k1", None));
        Assert.Equal("""{"Summary":"zwölf 🦊"}""", await state.PaidWritings.GetAsync("c1", "k2", None));
        Assert.Equal(["c1"], await state.PaidWritings.FindKeptAsync(["c1", "unknown", "c1"], None), StringComparer.Ordinal);
        await state.PaidWritings.DropAsync("c1", None);
        await state.PaidWritings.DropAsync("unknown", None);
        Assert.Null(await state.PaidWritings.GetAsync("c1", "k2", None));
        Assert.Equal("{}", await state.PaidWritings.GetAsync("c2", "k1", None));
    }

    [Fact]
    public async Task Forgetting_removes_a_user_from_everything_but_tombstones()
    {
        var state = await CreateAsync();
        foreach (var (tenant, user) in new[] { ("default", "u1"), ("default", "u2"), ("t2", "u1") })
        {
            await state.Runs.AppendAsync([new("r1", $"c-{tenant}-{user}", tenant, user, Outcomes.Created, null)], None);
            await state.Pending.SaveAsync([Pending($"c-{tenant}-{user}") with { Tenant = tenant, User = user }], None);
            await state.Outbox.EnqueueAsync(new("webhook", $"k-{tenant}-{user}", "m", tenant, user), None);
            await state.PaidEmbeddings.KeepAsync(new($"c-{tenant}-{user}", tenant, user), Vectors(("a", [1])), None);
            await state.PaidWritings.KeepAsync(new($"c-{tenant}-{user}", tenant, user), "k", "{}", None);
            await state.Queued.NoteAsync([Queued($"c-{tenant}-{user}") with { Tenant = tenant, User = user }], None);
            await state.Queued.FinishAsync([Queued($"d-{tenant}-{user}") with { Tenant = tenant, User = user }], None);
            await state.Tombstones.AddAsync(new(tenant, user, Noon), None);
            await state.Edits.AddAsync(Edit($"t-{tenant}-{user}", 0) with { Tenant = tenant, User = user }, None);
        }

        Assert.Equal(8, await state.ForgetAsync("default", "u1", None));
        Assert.Equal(0, await state.ForgetAsync("default", "u1", None));
        Assert.Equal(2, (await state.Runs.GetEntriesAsync("r1", None)).Count);
        Assert.Equal(["c-default-u2", "c-t2-u1"], (await state.Pending.ListAsync(null, None)).Select(pending => pending.ConversationId), StringComparer.Ordinal);
        Assert.Equal(2, (await state.Outbox.ListAsync("webhook", None)).Count);
        Assert.Empty(await state.PaidEmbeddings.GetAsync("c-default-u1", None));
        Assert.Single(await state.PaidEmbeddings.GetAsync("c-default-u2", None));
        Assert.Null(await state.PaidWritings.GetAsync("c-default-u1", "k", None));
        Assert.NotNull(await state.PaidWritings.GetAsync("c-default-u2", "k", None));
        Assert.Equal(["c-default-u2", "c-t2-u1"], await state.Queued.TakeDueAsync("files", Noon, Noon, 5, None), StringComparer.Ordinal);
        Assert.Equal(3, (await state.Tombstones.ListAsync(None)).Count);
        Assert.Equal(["t-default-u2", "t-t2-u1"], (await state.Edits.ListAsync(null, None)).Select(edit => edit.ThreadId), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("Session: \"u1/../x\" 🦊\0")]
    [InlineData("..")]
    public async Task A_lease_is_held_by_one_and_free_again_after(string name)
    {
        var state = await CreateAsync();
        Assert.Null(await state.Leases.DescribeHolderAsync(name, None));
        var lease = Assert.IsType<ILease>(await state.Leases.TryAcquireAsync(name, None), exactMatch: false);
        Assert.Null(await state.Leases.TryAcquireAsync(name, None));
        Assert.NotEmpty(Assert.IsType<string>(await state.Leases.DescribeHolderAsync(name, None)));
        await using (Assert.IsType<ILease>(await state.Leases.TryAcquireAsync($"{name}2", None), exactMatch: false))
        {
            Assert.Null(await state.Leases.TryAcquireAsync(name, None));
        }

        await lease.DisposeAsync();
        await lease.DisposeAsync();
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Null(await state.Leases.DescribeHolderAsync(name, None));
        await Assert.IsType<ILease>(await state.Leases.TryAcquireAsync(name, None), exactMatch: false).DisposeAsync();
    }

    [Fact]
    public async Task Of_many_who_try_at_once_exactly_one_gets_the_lease()
    {
        var state = await CreateAsync();
        var got = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await state.Leases.TryAcquireAsync("run", None))));
        await Assert.Single(got, lease => lease is not null)!.DisposeAsync();
    }

    [Fact]
    public async Task Parts_may_be_used_at_the_same_time()
    {
        var state = await CreateAsync();
        await Parallel.ForAsync(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, token) =>
        {
            await state.Pending.SaveAsync([Pending($"c{number}")], token);
            await state.Outbox.EnqueueAsync(new("webhook", $"k{number}", "m", "default", "u1"), token);
            Assert.Single(await state.Pending.GetAsync([$"c{number}"], token));
        });
        Assert.Equal(100, (await state.Pending.ListAsync(null, None)).Count);
        Assert.Equal(100, (await state.Outbox.ListAsync("webhook", None)).Count);
    }

    [Fact]
    public async Task A_cancelled_call_changes_nothing()
    {
        var state = await CreateAsync();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await state.Pending.SaveAsync([Pending("c")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await state.Leases.TryAcquireAsync("run", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await state.Claims.ClaimAsync("files", ["c"], "w1", Minute, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await state.Queued.NoteAsync([Queued("c")], cancelled));
        Assert.Empty(await state.Pending.ListAsync(null, None));
        Assert.Equal(0, await state.Claims.RenewAsync("w1", Minute, None));
        Assert.Equal(0, (await state.Queued.CountAsync("files", None)).Waiting);
    }

    private static MemoryEdit Edit(string thread, int ticks) => new()
    {
        ThreadId = thread,
        At = Noon.AddTicks(ticks),
        Tenant = "default",
        User = "u1",
        By = "noor",
        Kind = MemoryEditKind.Corrected,
        Fact = "Dana lives in Berlin.",
        Replacement = "Dana lives in Bonn.",
        FactKind = "statement",
        MessageIds = ["m1", "m2"],
    };

    private static void AssertSame(IReadOnlyList<MemoryEdit> expected, IReadOnlyList<MemoryEdit> edits)
    {
        Assert.Equal(expected.Select(edit => edit with { MessageIds = [] }), edits.Select(edit => edit with { MessageIds = [] }));
        Assert.Equal(expected.SelectMany(edit => edit.MessageIds), edits.SelectMany(edit => edit.MessageIds), StringComparer.Ordinal);
    }

    private static PendingConversation Pending(string id) =>
        new() { ConversationId = id, Source = "files", Tenant = "default", User = "u1", Status = PendingStatus.Open, ContentHash = "" };

    private static Dictionary<string, ReadOnlyMemory<float>> Vectors(params (string Key, float[] Vector)[] vectors) =>
        vectors.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Vector, StringComparer.Ordinal);

    private static RunReport Report(string id) => new()
    {
        RunId = id,
        Mode = RunMode.Nightly,
        Status = RunStatus.Completed,
        DryRun = true,
        Read = long.MaxValue,
        Created = 1,
        Updated = 2,
        Unchanged = 3,
        Skipped = new Dictionary<string, long>(StringComparer.Ordinal) { [SkipReasons.TooShort] = 4, ["Own \"reason\" é"] = 5 },
        Failed = new Dictionary<string, long>(StringComparer.Ordinal),
        Retired = 6,
        Messages = 7,
        Unreadable = 8,
        SourceComplete = true,
        Model = new ModelUsage(9, 10, 11),
        Embedding = new EmbeddingUsage(12, 13, 14),
        DeliveriesSent = 15,
        DeliveriesFailed = 16,
        Elapsed = TimeSpan.FromTicks(123_456_789),
        Notices = ["One.", ""],
    };
}
