using System.Numerics.Tensors;
using Recollect.Connectors.Sqlite.Memories.Vectors;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Finds the memories of a partition that are nearest to a vector: by the codes first, then by the vectors that are left.</summary>
internal static class ChunkSearch
{
    /// <summary>The codes of a partition's chunks, in their order.</summary>
    public const string SelectCodes = "SELECT key, memory_key, code FROM chunks WHERE key BETWEEN ?1 AND ?2 ORDER BY key";

    private const string SelectVector = "SELECT vector FROM vectors WHERE key = ?1";
    private const string SelectPlace = "SELECT memory_key, first_message, last_message FROM chunks WHERE key = ?1";

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
        var quantized = new QuantizedQuery(query.Span);
        using var left = new PooledList<FoundChunk>();
        var prefilter = new ChunkPrefilter(top, left);
        if (file is not null)
        {
            using var scan = new VectorScan(file, file.RowsUntil(partition.LastChunk), file.Removed(session, partition), query, quantized, top, cancellationToken);
            scan.Offer(ref prefilter);
        }

        if (file is null || file.Last < partition.LastChunk)
        {
            Scan(session, ChunkKey.First(partition.Id) + (file?.Last ?? 0), ChunkKey.Last(partition.Id), query.Length, quantized, ref prefilter, cancellationToken);
        }

        prefilter.End();
        var best = Compare(session, left.Span, query.Span, top, out var allFit, cancellationToken);
        return allFit || file is null ? best : null;
    }

    private static void Scan(SqliteSession session, long after, long last, int dimension, QuantizedQuery query, ref ChunkPrefilter prefilter, CancellationToken cancellationToken)
    {
        using var row = session.Query(SelectCodes).With(after + 1).With(last);
        for (var read = 1; row.Read(); read++)
        {
            if (read % CancelEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var code = row.Bytes(2);
            if (code.Length == QuantizedVector.Size(dimension))
            {
                prefilter.Offer(row.Number(0), row.Number(1), query.Bounds(code));
            }
        }
    }

    // The most likely first, until none that follows can be nearer than those that were found.
    private static List<Candidate> Compare(
        SqliteSession session, Span<FoundChunk> found, ReadOnlySpan<float> query, int top, out bool allFit, CancellationToken cancellationToken)
    {
        var (seen, nearest, length) = (new HashSet<long>(), new PriorityQueue<long, float>(), TensorPrimitives.Norm(query));
        using var scores = new PooledList<float>(); // of those that were read; what is not there scores nothing
        var enough = float.NegativeInfinity; // as many memories as are asked for score that
        allFit = true;
        found.Sort(static (x, y) => y.Bounds.Most.CompareTo(x.Bounds.Most));
        foreach (var chunk in found)
        {
            if (chunk.Bounds.Most < enough)
            {
                break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            using var row = session.Query(SelectVector).With(chunk.Key);
            if (!row.Read() || row.Vector(0).Length != query.Length)
            {
                allFit = false;
                scores.Add(float.NaN);
                continue;
            }

            var dot = TensorPrimitives.Dot(query, row.Vector(0));
            allFit &= chunk.Bounds.Hold(dot, length);
            var score = Math.Clamp(dot, -1f, 1f);
            scores.Add(score);
            if (seen.Add(chunk.Memory))
            {
                nearest.Enqueue(chunk.Memory, score);
                if (nearest.Count > top)
                {
                    nearest.Dequeue();
                }

                enough = nearest.Count == top && nearest.TryPeek(out _, out var least) ? least : enough;
            }
        }

        return Place(session, found, scores.Span, enough, ref allFit);
    }

    // The best chunk of each memory, of those that score enough, as the database has them.
    private static List<Candidate> Place(SqliteSession session, ReadOnlySpan<FoundChunk> found, ReadOnlySpan<float> scores, float enough, ref bool allFit)
    {
        var best = new Dictionary<long, Candidate>();
        for (var at = 0; at < scores.Length; at++)
        {
            var (key, memory, score) = (found[at].Key, found[at].Memory, scores[at]);
            if (!(score >= enough))
            {
                continue;
            }

            using var row = session.Query(SelectPlace).With(key);
            if (!row.Read() || row.Number(0) != memory)
            {
                allFit = false;
                continue;
            }

            var candidate = new Candidate(score, memory, (int)row.Number(1), (int)row.Number(2));
            if (!best.TryGetValue(memory, out var known) || candidate.Score > known.Score || (candidate.Score == known.Score && candidate.First < known.First))
            {
                best[memory] = candidate;
            }
        }

        return [.. best.Values];
    }
}
