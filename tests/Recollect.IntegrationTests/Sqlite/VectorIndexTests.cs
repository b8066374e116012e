using System.Numerics.Tensors;
using Recollect.Conformance;
using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.Memories.Vectors;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>The files of codes beside the database: whatever happens to them, answers are those of the database alone.</summary>
public sealed class VectorIndexTests : IDisposable
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

    private static MemoryRecord Record(string name, Owner owner, Random random) =>
        MemoryRecords.Of(name, owner, texts: ["a", "b", "c"], vectors: [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Unit(random))]);

    private static async Task AssertExactAsync(SqliteMemoryStore store, IEnumerable<MemoryRecord> kept, Owner owner, Random random)
    {
        var query = Unit(random);
        var expected = kept.Where(record => record.Memory.Owner == owner)
            .Select(record => (record.Memory.Id, Score: (double)record.Chunks.Max(chunk => TensorPrimitives.Dot<float>(chunk.Vector.Span, query))))
            .OrderByDescending(record => record.Score).ThenBy(record => record.Id, StringComparer.Ordinal).Take(10).ToArray();
        var found = await store.SearchAsync(Visibility.Of(owner), query, 10, None);
        Assert.Equal(expected.Select(record => record.Id), found.Select(match => match.MemoryId));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Similarity, 1e-6));
    }

    private string[] VectorFiles() => Directory.Exists(Files) ? Directory.GetFiles(Files, "*.vectors") : [];

    private static float[] Unit(Random random) => MemoryRecords.Unit([.. Enumerable.Range(0, Dimensions).Select(_ => (float)((2 * random.NextDouble()) - 1))]);
}
