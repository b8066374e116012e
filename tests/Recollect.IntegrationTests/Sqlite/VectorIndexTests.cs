using System.Numerics.Tensors;
using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.Memories.Vectors;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>The files of codes beside the database: whatever happens to them, answers are those of the database alone.</summary>
public sealed partial class VectorIndexTests : IDisposable
{
    private const int Dimensions = 48;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Owner Me = new() { User = "u1" };
    private static readonly Owner Other = new() { User = "u2" };
    private static readonly Visibility Mine = Visibility.Of(Me);

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteMemoryStores _stores = new();

    private string Files => Path.Combine(_folder.Path, VectorIndex.FolderName);

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_stored_replaced_deleted_and_forgotten_the_answers_are_exact(int seed)
    {
        var random = new Random(seed);
        SqliteMemoryStore[] stores = [_stores.Open(_folder.Path), _stores.Open(_folder.Path)]; // as two processes
        var kept = new Dictionary<string, MemoryRecord>(StringComparer.Ordinal);
        for (var step = 0; step < 900; step++)
        {
            var store = stores[random.Next(2)];
            var name = $"n{random.Next(600)}";
            var owner = random.Next(4) == 0 ? Other : Me;
            switch (random.Next(100))
            {
                case < 80:
                    var record = Record(name, owner, random);
                    string[] superseded = random.Next(10) == 0 ? [MemoryRecords.IdOf($"n{random.Next(600)}")] : [];
                    await store.UpsertAsync(record, superseded, None);
                    foreach (var id in superseded)
                    {
                        kept.Remove(id);
                    }

                    kept[record.Memory.Id] = record;
                    break;
                case < 97:
                    await store.DeleteAsync([MemoryRecords.IdOf(name)], None);
                    kept.Remove(MemoryRecords.IdOf(name));
                    break;
                default:
                    if (random.Next(10) == 0)
                    {
                        await store.ForgetAsync(Owner.DefaultTenant, owner.User, None);
                        kept = kept.Where(pair => !string.Equals(pair.Value.Memory.Owner.User, owner.User, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
                    }

                    break;
            }

            if (step % 20 == 0)
            {
                await AssertExactAsync(store, kept.Values, random.Next(4) == 0 ? Other : Me, random);
            }
        }

        Assert.NotEmpty(VectorFiles());
    }

    [Fact]
    public async Task Killed_at_any_step_of_adding_or_replacing_a_file_the_answers_are_exact_and_the_next_completes_it()
    {
        var steps = 0;
        for (var killAt = 0; killAt <= steps; killAt += TestSize.Of(8, 1))
        {
            using var folder = new TemporaryFolder();
            using var stores = new SqliteMemoryStores();
            var random = new Random(killAt);
            var kept = new Dictionary<string, MemoryRecord>(StringComparer.Ordinal);
            var (step, store) = (0, stores.Open(folder.Path));
            store.Vectors.Step = () =>
            {
                if (step++ == killAt)
                {
                    throw new IOException("Killed.");
                }
            };
            for (var number = 0; number < 700; number++)
            {
                var record = Record($"n{number % 400}", Me, random); // the last 300 replace others, so that a file is made anew
                await store.UpsertAsync(record, [], None);
                kept[record.Memory.Id] = record;
                if (number % 140 == 139)
                {
                    await AssertExactAsync(store, kept.Values, Me, random);
                }
            }

            steps = Math.Max(steps, step);
            store.Dispose();
            var next = stores.Open(folder.Path);
            await AssertExactAsync(next, kept.Values, Me, random);
            Assert.True((await next.DiagnoseAsync(None)).Healthy);
            Assert.False(await IsBehindAsync(next, Mine));
        }

        Assert.InRange(steps, 20, 200);
    }

    [Fact]
    public async Task Many_may_search_and_write_at_once()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => _stores.Open(_folder.Path)).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_200), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, token) =>
        {
            var store = stores[number % 4];
            await store.UpsertAsync(Record($"n{number % 500}", Me, new Random(number)), [], token);
            if (number % 7 == 0)
            {
                Assert.NotEmpty(await store.SearchAsync(Mine, Unit(new Random(number)), 20, token));
            }
        });
        var kept = new Dictionary<string, MemoryRecord>(StringComparer.Ordinal);
        await foreach (var record in stores[0].ExportAsync(None))
        {
            kept.Add(record.Memory.Id, record);
        }

        Assert.Equal(500, kept.Count);
        foreach (var store in stores)
        {
            await AssertExactAsync(store, kept.Values, Me, new Random(1));
        }
    }

    [Fact]
    public async Task A_file_that_was_added_to_very_often_is_made_again_of_large_blocks()
    {
        var (store, kept) = await FilledAsync(200);
        var random = new Random(8);
        var (partition, most) = (await PartitionAsync(store, Mine), 0);
        for (var number = 0; number < 1_030; number++)
        {
            var record = Record($"more{number}", Me, random);
            await store.UpsertAsync(record, [], None);
            kept[record.Memory.Id] = record;
            await store.Vectors.CatchUpAsync(store.Database, partition.Id, Dimensions, None);
            most = Math.Max(most, await BlocksAsync(store, Mine));
        }

        Assert.InRange(most, 1_000, 1_025);
        Assert.InRange(await BlocksAsync(store, Mine), 1, most - 1);
        await AssertExactAsync(store, kept.Values, Me, random);
    }

    [Fact]
    public async Task Files_are_for_their_user_only()
    {
        await FilledAsync(300);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        Assert.All(Directory.EnumerateFiles(Files), file => Assert.Equal(UnixMode.OwnFile, UnixMode.Of(file)));
        Assert.Equal(UnixMode.OwnFile | UnixFileMode.UserExecute, UnixMode.Of(Files));
    }

    [Fact]
    public async Task Vectors_are_read_without_mapping_the_database()
    {
        var store = _stores.Open(_folder.Path);

        Assert.Equal(0, await store.Database.ReadScatteredAsync(static session => session.Query("PRAGMA mmap_size").Number(), None));
        Assert.NotEqual(0, await store.Database.ReadAsync(static session => session.Query("PRAGMA mmap_size").Number(), None));
    }

    [Fact]
    public async Task Of_many_vectors_nearly_all_of_the_nearest_are_found_and_none_that_was_removed()
    {
        const int Many = 6_000; // more than are compared one by one
        var store = _stores.Open(_folder.Path);
        var random = new Random(21);
        float[][] centres = [.. Enumerable.Range(0, 50).Select(_ => Unit(random))];
        float[] Near() => MemoryRecords.Unit([.. centres[random.Next(50)].Select(x => x + (float)((random.NextDouble() - 0.5) * 0.2))]);
        var kept = new Dictionary<string, float[]>(StringComparer.Ordinal);
        for (var number = 0; number < Many / 10; number++)
        {
            var record = MemoryRecords.Of($"n{number}", Me, texts: ["a"], vectors: [.. Enumerable.Range(0, 10).Select(_ => Near())]);
            await store.UpsertAsync(record, [], None);
        }

        await store.DeleteAsync([.. Enumerable.Range(0, 50).Select(number => MemoryRecords.IdOf($"n{number}"))], None);
        var exact = new Dictionary<string, MemoryRecord>(StringComparer.Ordinal);
        await foreach (var record in store.ExportAsync(None))
        {
            exact.Add(record.Memory.Id, record);
        }

        var found = 0;
        for (var asked = 0; asked < 50; asked++)
        {
            var query = Near();
            var nearest = exact.Values.OrderByDescending(record => record.Chunks.Max(chunk => TensorPrimitives.Dot<float>(chunk.Vector.Span, query))).Take(10).Select(record => record.Memory.Id);
            var matches = await store.SearchAsync(Mine, query, 10, None);
            Assert.Equal(10, matches.Count);
            Assert.All(matches, match => Assert.True(exact.ContainsKey(match.MemoryId)));
            found += matches.Select(match => match.MemoryId).Intersect(nearest, StringComparer.Ordinal).Count();
        }

        Assert.InRange(found, 495, 500);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.SearchAsync(Mine, Near(), 10, new CancellationToken(canceled: true)));
    }

    private async Task<(SqliteMemoryStore Store, Dictionary<string, MemoryRecord> Kept)> FilledAsync(int count, Owner? owner = null)
    {
        var store = _stores.Open(_folder.Path);
        var kept = await FillAsync(store, count, seed: 1, owner);
        _ = await store.SearchAsync(Visibility.Of(owner ?? Me), Unit(new Random(0)), 5, None);
        return (store, kept);
    }

    private static async Task<Dictionary<string, MemoryRecord>> FillAsync(SqliteMemoryStore store, int count, int seed, Owner? owner = null)
    {
        var random = new Random(seed);
        var kept = new Dictionary<string, MemoryRecord>(StringComparer.Ordinal);
        for (var number = 0; number < count; number++)
        {
            var record = Record($"n{number}", owner ?? Me, random);
            await store.UpsertAsync(record, [], None);
            kept[record.Memory.Id] = record;
        }

        return kept;
    }

    private static async Task<Partition> PartitionAsync(SqliteMemoryStore store, Visibility visibility) =>
        await store.Database.ReadAsync(session => Partitions.Find(session, visibility)!.Value, None);

    private static async Task<int> BlocksAsync(SqliteMemoryStore store, Visibility visibility) => await store.Database.ReadAsync(session =>
    {
        var file = store.Vectors.Hold(session, Partitions.Find(session, visibility)!.Value, Dimensions)!;
        file.Release();
        return file.Blocks.Count;
    }, None);

    private static async Task<bool> IsBehindAsync(SqliteMemoryStore store, Visibility visibility) =>
        await store.Database.ReadAsync(session => store.Vectors.IsBehind(session, Partitions.Find(session, visibility)!.Value, Dimensions), None);

    private static MemoryRecord Record(string name, Owner owner, Random random) =>
        MemoryRecords.Of(name, owner, texts: ["a", "b", "c"], vectors: [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Unit(random))]);

    private static async Task AssertExactAsync(SqliteMemoryStore store, IEnumerable<MemoryRecord> kept, Owner owner, Random random)
    {
        var query = Unit(random);
        var expected = kept.Where(record => record.Memory.Owner == owner)
            .Select(record => (record.Memory.Id, Score: (double)record.Chunks.Max(chunk => TensorPrimitives.Dot<float>(chunk.Vector.Span, query))))
            .OrderByDescending(record => record.Score).ThenBy(record => record.Id, StringComparer.Ordinal).Take(10).ToArray();
        var found = await store.SearchAsync(Visibility.Of(owner), query, 10, None);
        Assert.Equal(expected.Select(record => record.Id), found.Select(match => match.MemoryId), StringComparer.Ordinal);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Similarity, 1e-6));
    }

    private string[] VectorFiles() => Directory.Exists(Files) ? Directory.GetFiles(Files, "*.vectors*") : [];

    private static float[] Unit(Random random) => MemoryRecords.Unit([.. Enumerable.Range(0, Dimensions).Select(_ => (float)((2 * random.NextDouble()) - 1))]);
}
