using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <summary>What every memory store promises.</summary>
public abstract class MemoryStoreConformance
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
        Assert.Empty(await store.GetHeadersAsync([MemoryRecords.Of("a").Memory.Thread.Id], None));
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
        Assert.Single(await store.GetHeadersAsync([.. many, record.Memory.Thread.Id], None));
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
            (await store.GetHeadersAsync([a.Memory.Thread.Id, "unknown"], None)).OrderBy(header => header.Id, StringComparer.Ordinal));
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
        foreach (var name in names)
        {
            await store.UpsertAsync(MemoryRecords.Of(name), [], None);
        }

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
    public async Task A_search_gives_the_best_chunk_of_each_memory_nearest_first()
    {
        var store = await CreateAsync();
        float[] x = [1, 0, 0, 0];
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["1", "2"], vectors: [[0, 1, 0, 0], [0.6f, 0.8f, 0, 0]]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("b", texts: ["1"], vectors: [[0.8f, 0, 0.6f, 0]]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("c", texts: ["1"], vectors: [[-1, 0, 0, 0]]), [], None);
        var found = await store.SearchAsync(Of("u1"), x, 10, None);
        Assert.Equal([MemoryRecords.IdOf("b"), MemoryRecords.IdOf("a"), MemoryRecords.IdOf("c")], found.Select(match => match.MemoryId), StringComparer.Ordinal);
        Assert.Equal([0.8, 0.6, -1], found.Select(match => Math.Round(match.Similarity, 5)));
        Assert.Equal((1, 1), (found[1].FirstMessage, found[1].LastMessage));
        Assert.Equal([MemoryRecords.IdOf("b")], (await store.SearchAsync(Of("u1"), x, 1, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_search_passes_over_vectors_of_another_dimension()
    {
        var store = await CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", vectors: [MemoryRecords.Vector("a", 4)]), [], None);
        await store.UpsertAsync(MemoryRecords.Of("b", vectors: [MemoryRecords.Vector("b", 16)]), [], None);
        Assert.Equal([MemoryRecords.IdOf("b")], (await store.SearchAsync(Of("u1"), MemoryRecords.Vector("q", 16), 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        Assert.Empty(await store.SearchAsync(Of("u1"), MemoryRecords.Vector("q", 3), 5, None));
    }

    [Fact]
    public async Task Equal_similarities_are_cut_by_id_whatever_the_order_of_storing()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(number => $"n{number}")];
        float[] x = [1, 0];
        foreach (var order in new[] { names, [.. names.Reverse()] })
        {
            var store = await CreateAsync();
            foreach (var name in order)
            {
                await store.UpsertAsync(MemoryRecords.Of(name, vectors: [x]), [], None);
            }

            Assert.Equal(Ids(names).Take(5), (await store.SearchAsync(Of("u1"), x, 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task A_search_finds_what_a_naive_computation_finds()
    {
        var store = await CreateAsync();
        var records = Enumerable.Range(0, 60)
            .Select(n => MemoryRecords.Of($"n{n}", owner: new() { User = $"u{n % 3}" }, vectors: [.. Enumerable.Range(0, 1 + (n % 3)).Select(c => MemoryRecords.Vector($"{n}/{c}"))]))
            .ToArray();
        foreach (var record in records)
        {
            await store.UpsertAsync(record, [], None);
        }

        var queries = new List<(int Seed, int Top)>();
        Prop.ForAll(
            Gen.Choose(0, 100_000).SelectMany(seed => Gen.Choose(1, 25).Select(top => (seed, top))).ToArbitrary(),
            query =>
            {
                queries.Add(query);
                return true;
            }).QuickCheckThrowOnFailure();
        foreach (var (seed, top) in queries)
        {
            var vector = MemoryRecords.Vector($"q{seed}");
            var expected = Naive(records.Where(record => string.Equals(record.Memory.Owner.User, "u1", StringComparison.Ordinal)), vector).Take(top).ToArray();
            var actual = await store.SearchAsync(Of("u1"), vector, top, None);
            Assert.Equal(expected.Select(match => match.Id), actual.Select(match => match.MemoryId), StringComparer.Ordinal);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, tolerance: 0.00001));
        }
    }

    [Fact]
    public async Task A_search_that_is_repeated_sees_every_change()
    {
        var store = await CreateAsync();
        float[] x = [1, 0];
        await store.UpsertAsync(MemoryRecords.Of("a", vectors: [[0.6f, 0.8f]]), [], None);
        async Task<IEnumerable<double>> SearchAsync() => (await store.SearchAsync(Of("u1"), x, 5, None)).Select(match => Math.Round(match.Similarity, 5)).ToArray();
        for (var again = 0; again < 4; again++)
        {
            Assert.Equal([0.6], await SearchAsync());
        }

        await store.UpsertAsync(MemoryRecords.Of("b", vectors: [x]), [], None);
        Assert.Equal([1, 0.6], await SearchAsync());
        Assert.Equal([1, 0.6], await SearchAsync());
        Assert.Equal([1, 0.6], await SearchAsync());
        await store.UpsertAsync(MemoryRecords.Of("a", vectors: [[0.8f, 0.6f]]), [], None);
        Assert.Equal([1, 0.8], await SearchAsync());
        await store.DeleteAsync([MemoryRecords.IdOf("b")], None);
        Assert.Equal([0.8], await SearchAsync());
        await store.ForgetAsync(Owner.DefaultTenant, "u1", None);
        Assert.Empty(await SearchAsync());
        await store.UpsertAsync(MemoryRecords.Of("c", vectors: [[0, 1]]), [], None);
        Assert.Equal([0], await SearchAsync());
    }

    [Fact]
    public async Task A_search_sees_its_own_visibility_only()
    {
        var store = await CreateAsync();
        string[] users = ["u1", "u2", "u1 ", "U1", "o'Brien", "\"q\"", "*", "%", "_", "u_", "a\0b", "🦊", "o1", "personal", new string('x', 2_000)];
        var owners = users.Select(user => new Owner { User = user })
            .Append(new() { User = "u1", Tenant = "t2" })
            .Append(new() { User = "u1", Scope = "departmental" })
            .Append(new() { User = "u1", Scope = "ministry" })
            .Append(new() { User = "u1", Scope = "ministry", Tenant = "t2" })
            .ToArray();
        var vector = MemoryRecords.Vector("same");
        foreach (var (number, owner) in owners.Index())
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", owner, vectors: [vector]), [], None);
        }

        foreach (var (number, owner) in owners.Index())
        {
            Assert.Equal([MemoryRecords.IdOf($"n{number}")], (await store.SearchAsync(owner.Visibility, vector, 50, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        }

        Assert.Single(await store.SearchAsync(Visibility.Of(new() { User = "somebody else", Scope = "ministry" }), vector, 50, None));
        Assert.Empty(await store.SearchAsync(Of("nobody"), vector, 50, None));
        Assert.Empty(await store.SearchAsync(default, vector, 50, None));
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
        Assert.Equal(new ForgetCounts(2, 3, 3), await store.ForgetAsync(Owner.DefaultTenant, "u1", None));
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

    private static IEnumerable<(string Id, double Similarity)> Naive(IEnumerable<MemoryRecord> records, float[] query) => records
        .Select(record => (record.Memory.Id, Similarity: record.Chunks.Max(chunk => chunk.Vector.ToArray().Zip(query).Sum(pair => (double)pair.First * pair.Second))))
        .OrderByDescending(match => match.Similarity);

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
