using System.Numerics.Tensors;
using Recollect.Connectors.Sqlite.Memories.Vectors;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds the memories of a partition that are nearest to a vector: by the codes first, then by the vectors that are left.</summary>
internal static class ChunkSearch
{
    /// <summary>The codes of a partition's chunks, in their order.</summary>
    public const string SelectCodes = "SELECT key, memory_key, code FROM chunks WHERE key BETWEEN ?1 AND ?2 ORDER BY key";

    private const string SelectVector =
        "SELECT c.memory_key, c.first_message, c.last_message, v.vector FROM chunks AS c JOIN vectors AS v ON v.key = c.key WHERE c.key = ?1";

    private const int CancelEvery = 4_096;

    /// <summary>Gets the best chunk of each memory that can be among the nearest.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="file">The codes of its first chunks, held; null where there is no file.</param>
    /// <param name="query">A vector of unit length.</param>
    /// <param name="top">How many memories are asked for.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>At least the memories asked for, in no particular order; null where the file is not what the database has.</returns>
    public static List<Candidate>? Find(
        SqliteSession session, Partition partition, VectorFile? file, ReadOnlyMemory<float> query, int top, CancellationToken cancellationToken)
    {
        using var left = new PooledList<FoundChunk>();
        var prefilter = new ChunkPrefilter(top, left);
        if (file is not null)
        {
            using var scan = new VectorScan(file, file.RowsUntil(partition.LastChunk), file.Removed(session, partition), query, top, cancellationToken);
            scan.Offer(ref prefilter);
        }

        Scan(session, ChunkKey.First(partition.Id) + (file?.Last ?? 0), ChunkKey.Last(partition.Id), query.Span, ref prefilter, cancellationToken);
        prefilter.End();
        var best = Compare(session, left.Span, query.Span, out var allFit, cancellationToken);
        return allFit || file is null ? best : null;
    }

    private static void Scan(SqliteSession session, long after, long last, ReadOnlySpan<float> query, ref ChunkPrefilter prefilter, CancellationToken cancellationToken)
    {
        using var row = session.Query(SelectCodes).With(after + 1).With(last);
        for (var read = 1; row.Read(); read++)
        {
            if (read % CancelEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var code = row.Bytes(2);
            if (code.Length == QuantizedVector.Size(query.Length))
            {
                prefilter.Offer(row.Number(0), row.Number(1), QuantizedVector.Bounds(query, code));
            }
        }
    }

    private static List<Candidate> Compare(
        SqliteSession session, ReadOnlySpan<FoundChunk> found, ReadOnlySpan<float> query, out bool allFit, CancellationToken cancellationToken)
    {
        var (best, length) = (new List<Candidate>(), TensorPrimitives.Norm(query));
        allFit = true;
        foreach (var chunk in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var row = session.Query(SelectVector).With(chunk.Key);
            if (!row.Read() || row.Number(0) != chunk.Memory || row.Vector(3).Length != query.Length)
            {
                allFit = false;
                continue;
            }

            var dot = TensorPrimitives.Dot(query, row.Vector(3));
            allFit &= chunk.Bounds.Hold(dot, length);
            Offer(best, new(Math.Clamp(dot, -1f, 1f), chunk.Memory, (int)row.Number(1), (int)row.Number(2)));
        }

        return best;
    }

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
