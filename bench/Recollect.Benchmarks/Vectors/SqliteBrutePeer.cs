using System.Numerics.Tensors;
using Recollect.Benchmarks.Measuring;
using Recollect.Connectors.Sqlite;

namespace Recollect.Benchmarks.Vectors;

/// <summary>A table of 32-bit floats in SQLite, each of which is read and compared.</summary>
internal sealed class SqliteBrutePeer(string root) : IVectorPeer
{
    private SqliteSession? _session;

    public string Name => "SQLite, every vector";

    public long MostBytes => 2L << 30;

    public Task BuildAsync(VectorSet set, int count, bool owned, CancellationToken cancellationToken)
    {
        SqliteLibrary.EnsureBound();
        var path = Path.Combine(root, "vectors.db");
        PrivateFile.CreateIfMissing(path);
        _session = SqliteSession.Open(path, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=2147418112");
        _session.Script("DROP TABLE IF EXISTS vectors; CREATE TABLE vectors(id INTEGER PRIMARY KEY, owner INTEGER NOT NULL, vector BLOB NOT NULL); BEGIN");
        for (var row = 0; row < count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _session.Query("INSERT INTO vectors VALUES(?1, ?2, ?3)").With(row).With(owned ? row % set.Owners : 0).With(set.Vector(row)).Run();
        }

        _session.Script("CREATE INDEX vectors_by_owner ON vectors(owner); COMMIT");
        return Task.CompletedTask;
    }

    public Task<int[]> SearchAsync(float[] query, int owner, CancellationToken cancellationToken)
    {
        var best = new PriorityQueue<int, float>();
        using var row = _session!.Query("SELECT id, vector FROM vectors WHERE owner = ?1").With(owner);
        while (row.Read())
        {
            var score = TensorPrimitives.Dot<float>(query, row.Vector(1));
            if (best.Count < VectorRun.Top)
            {
                best.Enqueue((int)row.Number(0), score);
            }
            else if (best.TryPeek(out _, out var least) && score > least)
            {
                best.EnqueueDequeue((int)row.Number(0), score);
            }
        }

        return Task.FromResult(best.UnorderedItems.Select(item => item.Element).ToArray());
    }

    public long BytesOnDisk() => Workspace.BytesIn(root);

    public long ResidentBytes() => Workspace.ResidentBytes(Environment.ProcessId);

    public long BytesScanned(int rows, int dimensions) => (long)rows * dimensions * sizeof(float);

    public ValueTask DisposeAsync()
    {
        _session?.Dispose();
        return ValueTask.CompletedTask;
    }
}
