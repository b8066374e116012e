using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>Looks through one file of codes for the rows that can be among the nearest to a vector.</summary>
/// <remarks>
/// Up to <see cref="MostExact"/> rows every one-byte code is read, and what is left out is surely farther. Of more, the signs are
/// read first. The one-byte codes of the rows whose signs are nearest tell how near the nearest are about; the rows whose signs
/// would be expected of vectors as near as that, and what chance allows for, are then read too. How many those are is up to the data.
/// </remarks>
internal sealed class VectorScan(VectorFile file, int rows, RemovedRows removed, ReadOnlyMemory<float> query, int top, CancellationToken cancellationToken)
{
    /// <summary>The most rows of which every one-byte code is read.</summary>
    public const int MostExact = 4_096;

    private const int Nearest = 10; // these are found but for one in 700, the others but for one in 6, the nearer the more surely
    private const double DeviationsOfNearest = 3;
    private const double DeviationsOfOthers = 1;
    private const int RowsAtOnce = 32_768;
    private const int CodesAtOnce = 1_024;

    /// <summary>Gets a value indicating whether nothing is left to chance.</summary>
    public bool IsExact => rows <= MostExact;

    /// <summary>Offers the rows that can be among the nearest, in their order. The file is held.</summary>
    public void Offer(ref ChunkPrefilter prefilter)
    {
        IReadOnlyList<(int Row, CodeBounds Bounds)> found = IsExact ? Measure([.. Enumerable.Range(0, rows).Where(row => !removed.Has(row))]) : Narrow();
        foreach (var (row, bounds) in found)
        {
            var block = file.BlockOf(row);
            var key = file.Keys(block)[row - block.First];
            prefilter.Offer(ChunkKey.First(file.Head.Partition) + key.Chunk, key.Memory, bounds);
        }
    }

    private List<(int Row, CodeBounds Bounds)> Narrow()
    {
        var distances = ArrayPool<ushort>.Shared.Rent(rows);
        try
        {
            var counts = Compare(distances);
            var (reach, found) = (-1, new List<(int Row, CodeBounds Bounds)>());
            for (var least = Math.Max(64, 4 * top); ; least *= 4)
            {
                var next = Math.Max(reach, ReachOf(counts, least));
                found.AddRange(Measure(Within(distances, reach, next)));
                reach = next;
                if ((reach == SignCode.Bits ? reach : NeededReach(found)) is { } needed)
                {
                    found.AddRange(needed > reach ? Measure(Within(distances, reach, needed)) : []);
                    found.Sort(static (x, y) => x.Row.CompareTo(y.Row));
                    return found;
                }
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(distances);
        }
    }

    // Computes the distances of all rows, and how many rows have each distance.
    private int[] Compare(ushort[] distances)
    {
        Span<byte> code = stackalloc byte[SignCode.Bytes];
        SignCode.Encode(query.Span, code);
        var asked = code.ToArray();
        var counts = new int[SignCode.Bits + 1];
        InParallel(rows, RowsAtOnce, (first, end) =>
        {
            Span<int> own = stackalloc int[SignCode.Bits + 1];
            own.Clear();
            while (first < end)
            {
                var block = file.BlockOf(first);
                var count = Math.Min(end, block.First + block.Rows) - first;
                var place = distances.AsSpan(first, count);
                SignCode.Distances(asked, file.Signs(block).Slice((first - block.First) * SignCode.Bytes, count * SignCode.Bytes), place);
                foreach (var distance in place)
                {
                    own[distance]++;
                }

                first += count;
            }

            lock (counts)
            {
                for (var distance = 0; distance < own.Length; distance++)
                {
                    counts[distance] += own[distance];
                }
            }
        });
        return counts;
    }

    // The distance within which at least some number of rows lie.
    private static int ReachOf(int[] counts, int least)
    {
        for (var (distance, sum) = (0, 0); distance < counts.Length; distance++)
        {
            sum += counts[distance];
            if (sum >= least)
            {
                return distance;
            }
        }

        return SignCode.Bits;
    }

    private int[] Within(ushort[] distances, int beyond, int reach)
    {
        var found = new List<int>();
        var all = distances.AsSpan(0, rows);
        var limit = Vector256.Create((ushort)reach);
        var row = 0;
        for (; row <= all.Length - Vector256<ushort>.Count; row += Vector256<ushort>.Count)
        {
            if (Vector256.LessThanOrEqualAny(Vector256.Create<ushort>(all[row..]), limit))
            {
                Pick(all.Slice(row, Vector256<ushort>.Count), row);
            }
        }

        Pick(all[row..], row);
        return [.. found];

        void Pick(ReadOnlySpan<ushort> some, int first)
        {
            for (var i = 0; i < some.Length; i++)
            {
                if (some[i] <= reach && some[i] > beyond && !removed.Has(first + i))
                {
                    found.Add(first + i);
                }
            }
        }
    }

    // The distance within which all that can be among the nearest lie; null where too few memories were measured to tell.
    private int? NeededReach(List<(int Row, CodeBounds Bounds)> found)
    {
        var best = new Dictionary<long, float>(found.Count);
        foreach (var (row, bounds) in CollectionsMarshal.AsSpan(found))
        {
            var block = file.BlockOf(row);
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(best, file.Keys(block)[row - block.First].Memory, out var exists);
            known = exists ? Math.Max(known, bounds.Least) : bounds.Least;
        }

        if (best.Count < top)
        {
            return null;
        }

        float[] scores = [.. best.Values.OrderDescending().Take(top)];
        return Math.Max(
            SignCode.Reach(scores[Math.Min(Nearest, top) - 1], DeviationsOfNearest),
            SignCode.Reach(scores[top - 1], top <= Nearest ? DeviationsOfNearest : DeviationsOfOthers));
    }

    private (int Row, CodeBounds Bounds)[] Measure(int[] found)
    {
        var bounds = new (int, CodeBounds)[found.Length];
        var slack = IsExact ? 1 : QuantizedVector.LikelySlack(file.Dimension);
        InParallel(found.Length, CodesAtOnce, (first, end) =>
        {
            for (var at = first; at < end; at++)
            {
                var block = file.BlockOf(found[at]);
                bounds[at] = (found[at], QuantizedVector.Bounds(query.Span, file.Code(block, found[at] - block.First), slack));
            }
        });
        return bounds;
    }

    private void InParallel(int count, int atOnce, Action<int, int> work)
    {
        if (count <= atOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            work(0, count);
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.ForEach(Partitioner.Create(0, count, atOnce), options, range => work(range.Item1, range.Item2));
    }
}
