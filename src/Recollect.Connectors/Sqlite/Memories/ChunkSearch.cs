using System.Numerics.Tensors;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Scores every chunk of a partition against a vector.</summary>
internal static class ChunkSearch
{
    private const int CancelEvery = 4096;

    /// <summary>The chunks of a partition.</summary>
    public const string Select = "SELECT memory_key, first_message, last_message, vector FROM chunks WHERE key BETWEEN ?1 AND ?2 ORDER BY key";

    /// <summary>Gets the best chunk of each memory of a partition.</summary>
    public static List<Candidate> Scan(SqliteSession session, long partition, ReadOnlySpan<float> query, CancellationToken cancellationToken)
    {
        var best = new List<Candidate>();
        using var row = session.Query(Select)
            .With(ChunkKey.First(partition)).With(ChunkKey.Last(partition));
        for (var read = 1; row.Read(); read++)
        {
            if (read % CancelEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var vector = row.Vector(3);
            if (vector.Length == query.Length)
            {
                Offer(best, new(Cosine(query, vector), row.Number(0), (int)row.Number(1), (int)row.Number(2)));
            }
        }

        return best;
    }

    /// <summary>Gets the cosine of two vectors of unit length.</summary>
    public static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Math.Clamp(TensorPrimitives.Dot(x, y), -1f, 1f);

    /// <summary>Keeps a candidate if it is the best of its memory so far; the chunks of one memory come one after the other.</summary>
    public static void Offer(List<Candidate> best, Candidate candidate)
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
