using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <summary>What every memory store promises.</summary>
public abstract partial class MemoryStoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Makes an empty store that is ready to use and independent of every other.</summary>
    protected abstract ValueTask<IMemoryStore> CreateAsync();

    [Fact]
    public async Task Every_field_comes_back_as_it_was_stored()
    {
        var store = await CreateAsync();
        var rich = MemoryRecords.Rich("rich");
        var plain = MemoryRecords.Of("plain");
        await store.UpsertAsync(rich, [], None);
        await store.UpsertAsync(plain, [], None);
        MemoryRecordAssert.Same(rich, await OneAsync(store, "rich"));
        MemoryRecordAssert.Same(plain, await OneAsync(store, "plain"));
    }

    [Fact]
    public async Task A_memory_without_kept_text_comes_back_with_its_message_ids()
    {
        var store = await CreateAsync();
        var record = MemoryRecords.Rich("r") with { Messages = [] };
        await store.UpsertAsync(record, [], None);
        MemoryRecordAssert.Same(record, await OneAsync(store, "r"));
    }

    [Fact]
    public async Task Upserting_the_same_id_twice_keeps_the_last_one()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["one", "two", "three"]), [], None);
        var last = MemoryRecords.Of("a", owner: new() { User = "u2" }, texts: ["four"], thread: "t9", vectors: [MemoryRecords.Vector("x"), MemoryRecords.Vector("y")]);
        await store.UpsertAsync(last, [], None);
        MemoryRecordAssert.Same(last, await OneAsync(store, "a"));
        var statistics = await store.GetStatisticsAsync(None);
        Assert.Equal((1, 1, 2, 1), (statistics.Memories, statistics.Messages, statistics.Chunks, statistics.Users));
        Assert.Empty(await store.GetHeadersAsync([MemoryRecords.Of("a").Memory.Thread], None));
        Assert.Empty(await store.SearchAsync(Of("u1"), MemoryRecords.Vector("a"), 5, None));
    }

    [Fact]
    public async Task Upserting_removes_what_it_supersedes_and_never_itself()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("b"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("d"), [MemoryRecords.IdOf("a"), MemoryRecords.IdOf("d"), MemoryRecords.IdOf("b"), "unknown"], None);
        Assert.Equal(Ids("c", "d"), await AllIdsAsync(store), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_call_changes_nothing()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.UpsertAsync(MemoryRecords.Of("b"), [MemoryRecords.IdOf("a")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.DeleteAsync([MemoryRecords.IdOf("a")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ForgetAsync(Owner.DefaultTenant, "u1", cancelled));
        Assert.Equal(Ids("a"), await AllIdsAsync(store), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Initializing_again_changes_nothing()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        await store.InitializeAsync(None);
        await store.InitializeAsync(None);
        MemoryRecordAssert.Same(MemoryRecords.Of("a"), await OneAsync(store, "a"));
    }

    [Fact]
    public async Task Deleting_removes_the_named_and_counts_them()
    {
        var store = await CreateAsync();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await store.UpsertAsync(MemoryRecords.Of(name), [], None);
        }

        Assert.Equal(2, await store.DeleteAsync([MemoryRecords.IdOf("a"), "unknown", MemoryRecords.IdOf("c")], None));
        Assert.Equal(0, await store.DeleteAsync([MemoryRecords.IdOf("a")], None));
        Assert.Equal(0, await store.DeleteAsync([], None));
        Assert.Equal(Ids("b"), await AllIdsAsync(store), StringComparer.Ordinal);
        Assert.Equal(1, (await store.GetStatisticsAsync(None)).Chunks);
    }

    [Fact]
    public async Task Thousands_of_ids_may_be_named_in_one_call()
    {
        var store = await CreateAsync();
        var record = MemoryRecords.Of("a");
        await store.UpsertAsync(record, [], None);
        string[] many = [.. Enumerable.Range(0, 2_000).Select(number => $"x{number}"), record.Memory.Id, record.Memory.Id];
        Assert.Single(await store.GetAsync(many, None));
        Assert.Single(await store.GetHeadersAsync([.. many.Select(id => record.Memory.Thread with { Thread = id }), record.Memory.Thread], None));
        await store.UpsertAsync(record, [.. many], None);
        Assert.Equal(1, await store.DeleteAsync(many, None));
    }

    [Fact]
    public async Task Headers_are_found_by_thread_and_by_source()
    {
        var store = await CreateAsync();
        var a = MemoryRecords.Of("a", thread: "t1");
        var b = MemoryRecords.Of("b", thread: "t1");
        var c = MemoryRecords.Of("c", thread: "t2");
        var d = MemoryRecords.Of("d", source: "other", thread: "t1");
        foreach (var record in new[] { a, b, c, d })
        {
            await store.UpsertAsync(record, [], None);
        }

        Assert.Equal([.. new[] { a, b }.Select(Header).OrderBy(header => header.Id, StringComparer.Ordinal)],
            (await store.GetHeadersAsync([a.Memory.Thread, a.Memory.Thread with { Thread = "unknown" }], None)).OrderBy(header => header.Id, StringComparer.Ordinal));
        Assert.Empty(await store.GetHeadersAsync([], None));
        Assert.Equal([Header(d)], await ListAsync(store.GetHeadersOfSourceAsync("other", None)));
        Assert.Equal(3, (await ListAsync(store.GetHeadersOfSourceAsync("files", None))).Count);
        Assert.Empty(await ListAsync(store.GetHeadersOfSourceAsync("%", None)));
    }

    [Fact]
    public async Task Headers_of_a_source_and_an_export_are_complete_however_many_there_are()
    {
        var store = await CreateAsync();
        string[] names = [.. Enumerable.Range(0, 1_100).Select(number => $"n{number}")];
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, token) => await store.UpsertAsync(MemoryRecords.Of(name), [], token));

        Assert.Equal(Ids(names), (await ListAsync(store.GetHeadersOfSourceAsync("files", None))).Select(header => header.Id).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(Ids(names), (await ListAsync(store.ExportAsync(None))).Select(record => record.Memory.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_export_is_ordered_by_id_and_whole()
    {
        var store = await CreateAsync();
        var records = new[] { MemoryRecords.Rich("z"), MemoryRecords.Of("y"), MemoryRecords.Of("x") };
        foreach (var record in records)
        {
            await store.UpsertAsync(record, [], None);
        }

        var exported = await ListAsync(store.ExportAsync(None));
        Assert.Equal(3, exported.Count);
        foreach (var (expected, actual) in records.OrderBy(record => record.Memory.Id, StringComparer.Ordinal).Zip(exported))
        {
            MemoryRecordAssert.Same(expected, actual);
        }
    }

    [Fact]
    public async Task It_may_be_disposed_of_twice_as_containers_do()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        (store as IDisposable)?.Dispose();
        (store as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task Statistics_count_by_how_memories_were_made()
    {
        var store = await CreateAsync();
        var old = MemoryRecords.Of("a");
        await store.UpsertAsync(old with { Memory = old.Memory with { Fingerprint = old.Memory.Fingerprint with { MadeBy = "old" } } }, [], None);
        await store.UpsertAsync(MemoryRecords.Of("b", owner: new() { User = "u2", Tenant = "t2" }), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c", owner: new() { User = "u2" }) with { Messages = [] }, [], None);
        var statistics = await store.GetStatisticsAsync(None);
        Assert.Equal((3, 4, 3, 3), (statistics.Memories, statistics.Messages, statistics.Chunks, statistics.Users));
        Assert.Equal(new Dictionary<string, long>(StringComparer.Ordinal) { ["old"] = 1, ["extractive 1"] = 2 }, statistics.MemoriesByMadeBy);
        Assert.Equal(["extractive 1", "old"], statistics.OldestByMadeBy.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(statistics.OldestByMadeBy.Values, ended => Assert.Equal(old.Memory.EndedAt, ended));
        Assert.Equal([new("default", "u1", 1), new("default", "u2", 1), new("t2", "u2", 1)], statistics.LargestUsers);
    }

    [Fact]
    public async Task An_empty_store_answers_everything_with_nothing()
    {
        var store = await CreateAsync();
        Assert.NotEmpty(store.Name);
        Assert.Empty(await store.GetAsync(["a"], None));
        Assert.Empty(await store.SearchAsync(Of("u1"), MemoryRecords.Vector("a"), 5, None));
        Assert.Empty(await ListAsync(store.ExportAsync(None)));
        Assert.Equal(0, (await store.GetStatisticsAsync(None)).Memories);
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Forgetting_some_memories_removes_those_and_no_others()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", new() { User = "u1" }), [], None);
        await store.UpsertAsync(MemoryRecords.Of("b", new() { User = "u1" }, texts: ["x"], vectors: [[1, 0], [0, 1]], thread: "t2"), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c", new() { User = "u2" }), [], None);
        string[] ids = [.. Ids("a", "b"), "unknown"];
        Assert.Equal(new ForgetCounts(2, 3, 3, MemoryRecords.Of("a").Memory.EndedAt), await store.ForgetAsync(ids, None));
        Assert.Equal(new ForgetCounts(0, 0, 0), await store.ForgetAsync(ids, None));
        Assert.Equal(new ForgetCounts(0, 0, 0), await store.ForgetAsync([], None));
        Assert.Equal(Ids("c"), await AllIdsAsync(store), StringComparer.Ordinal);
        Assert.Empty(await store.SearchAsync(Of("u1"), MemoryRecords.Vector("a"), 5, None));
    }

    [Fact]
    public async Task Forgetting_removes_a_user_in_every_scope_and_nobody_else()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", new() { User = "u1" }), [], None);
        await store.UpsertAsync(MemoryRecords.Of("b", new() { User = "u1", Scope = "ministry" }, texts: ["x"], vectors: [[1, 0], [0, 1]]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c", new() { User = "u1", Tenant = "t2" }), [], None);
        await store.UpsertAsync(MemoryRecords.Of("d", new() { User = "u2" }), [], None);
        await store.UpsertAsync(MemoryRecords.Of("e", new() { User = "u2", Scope = "ministry" }), [], None);
        Assert.Equal(new ForgetCounts(2, 3, 3, MemoryRecords.Of("a").Memory.EndedAt), await store.ForgetAsync(Owner.DefaultTenant, "u1", None));
        Assert.Equal(new ForgetCounts(0, 0, 0), await store.ForgetAsync(Owner.DefaultTenant, "u1", None));
        Assert.Equal(new ForgetCounts(0, 0, 0), await store.ForgetAsync(Owner.DefaultTenant, "%", None));
        Assert.Equal(Ids("c", "d", "e"), await AllIdsAsync(store), StringComparer.Ordinal);
        Assert.Empty(await store.SearchAsync(Of("u1"), MemoryRecords.Vector("a"), 5, None));
        Assert.Single(await store.SearchAsync(Visibility.Of(new() { User = "u1", Scope = "ministry" }), MemoryRecords.Vector("e"), 5, None));
        await store.UpsertAsync(MemoryRecords.Of("a", new() { User = "u1" }), [], None);
        Assert.Single(await store.SearchAsync(Of("u1"), MemoryRecords.Vector("a"), 5, None));
    }

    [Fact]
    public async Task Stores_and_searches_at_the_same_time_all_succeed()
    {
        var store = await CreateAsync();
        await Parallel.ForAsync(0, 120, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, token) =>
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number % 60}"), [], token);
            var found = await store.SearchAsync(Of("u1"), MemoryRecords.Vector("q"), 100, token);
            Assert.NotEmpty(found);
            Assert.Equal(found.Count, (await store.GetAsync([.. found.Select(match => match.MemoryId)], token)).Count);
        });
        Assert.Equal((60, 120, 60), await CountsAsync(store));
    }

    [Fact]
    public async Task A_very_large_message_is_kept()
    {
        var store = await CreateAsync();
        var record = MemoryRecords.Of("large", texts: [string.Concat(Enumerable.Repeat("word é ", 1_500_000)), "small"]);
        await store.UpsertAsync(record, [], None);
        MemoryRecordAssert.Same(record, await OneAsync(store, "large"));
        Assert.Equal(1, await store.DeleteAsync([record.Memory.Id], None));
    }

    private static Visibility Of(string user) => Visibility.Of(new() { User = user });

    private static string[] Ids(params IEnumerable<string> names) => [.. names.Select(MemoryRecords.IdOf).Order(StringComparer.Ordinal)];

    private static MemoryHeader Header(MemoryRecord record) => new(
        record.Memory.Id, record.Memory.Thread.Id, record.Memory.StartedAt, record.Memory.EndedAt, record.Memory.Fingerprint);

    private static async Task<MemoryRecord> OneAsync(IMemoryStore store, string name) => Assert.Single(await store.GetAsync([MemoryRecords.IdOf(name)], None));

    private static async Task<IEnumerable<string>> AllIdsAsync(IMemoryStore store) => (await ListAsync(store.ExportAsync(None))).Select(record => record.Memory.Id);

    private static async Task<(long Memories, long Messages, long Chunks)> CountsAsync(IMemoryStore store)
    {
        var statistics = await store.GetStatisticsAsync(None);
        return (statistics.Memories, statistics.Messages, statistics.Chunks);
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> stream)
    {
        var list = new List<T>();
        await foreach (var item in stream)
        {
            list.Add(item);
        }

        return list;
    }
}
