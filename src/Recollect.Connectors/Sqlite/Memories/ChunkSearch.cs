using System.Numerics.Tensors;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds the memories of a partition that are nearest to a vector, exactly: by the codes first, then by the vectors that are left.</summary>
internal static class ChunkSearch
{
    /// <summary>The codes of a partition's chunks.</summary>
    public const string Select = "SELECT key, memory_key, code FROM chunks WHERE key BETWEEN ?1 AND ?2 ORDER BY key";

    private const string SelectVector =
        "SELECT c.memory_key, c.first_message, c.last_message, v.vector FROM chunks AS c JOIN vectors AS v ON v.key = c.key WHERE c.key = ?1";

    private const int CancelEvery = 4096;

    /// <summary>Gets the best chunk of each memory that can be among the nearest.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="block">Its codes, where they are in memory.</param>
    /// <param name="query">A vector of unit length.</param>
    /// <param name="top">How many memories are asked for.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>At least the memories asked for, in no particular order.</returns>
    public static List<Candidate> Find(
        SqliteSession session, long partition, ChunkBlock? block, ReadOnlySpan<float> query, int top, CancellationToken cancellationToken)
    {
        var prefilter = new ChunkPrefilter(query, top);
        if (block is null)
        {
            Scan(session, partition, ref prefilter, cancellationToken);
        }
        else
        {
            block.Scan(ref prefilter);
        }

        var best = new List<Candidate>();
        foreach (var key in prefilter.Left())
        {
            using var row = session.Query(SelectVector).With(key);
            if (row.Read())
            {
                Offer(best, new(Cosine(query, row.Vector(3)), row.Number(0), (int)row.Number(1), (int)row.Number(2)));
            }
        }

        return best;
    }

    private static void Scan(SqliteSession session, long partition, ref ChunkPrefilter prefilter, CancellationToken cancellationToken)
    {
        using var row = session.Query(Select).With(ChunkKey.First(partition)).With(ChunkKey.Last(partition));
        for (var read = 1; row.Read(); read++)
        {
            if (read % CancelEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            prefilter.Offer(row.Number(0), row.Number(1), row.Bytes(2));
        }
    }

    private static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Math.Clamp(TensorPrimitives.Dot(x, y), -1f, 1f);

    // Keeps a candidate if it is the best of its memory so far; the chunks of one memory come one after the other.
    private static void Offer(List<Candidate> best, Candidate candidate)
    {
        if (best.Count == 0 || best[^1].MemoryKey != candidate.MemoryKey)
        {
            best.Add(candidate);
        }
        else if (candidate.Score > best[^1].Score)
        {
            best[^1] = candidate;
        }
    }
}
