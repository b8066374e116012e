using FsCheck;
using FsCheck.Fluent;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance.Memorize.Stores;

/// <content>Searching by vector.</content>
public abstract partial class MemoryStoreConformance
{
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

    private static IEnumerable<(string Id, double Similarity)> Naive(IEnumerable<MemoryRecord> records, float[] query) => records
        .Select(record => (record.Memory.Id, Similarity: record.Chunks.Max(chunk => chunk.Vector.ToArray().Zip(query).Sum(pair => (double)pair.First * pair.Second))))
        .OrderByDescending(match => match.Similarity);
}
