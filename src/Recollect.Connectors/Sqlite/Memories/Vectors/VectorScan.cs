using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.Intrinsics;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>Looks through one file of codes for the rows that can be among the nearest to a vector.</summary>
/// <remarks>
/// Up to <see cref="MostExact"/> rows every one-byte code is read, and what is left out is surely farther. Of more, the signs are
/// read first. The one-byte codes of the rows whose signs are nearest tell how near the nearest are about; all rows whose signs
/// would be expected of vectors as near as that, and what chance allows for, are looked at more closely. How many those are is up to the data.
/// </remarks>
internal sealed class VectorScan(VectorFile file, int rows, RemovedRows removed, ReadOnlyMemory<float> query, QuantizedQuery quantized, int top, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>The most rows of which every one-byte code is read.</summary>
    public const int MostExact = 4_096;

    private const int Nearest = 10; // these are found but for one in 700, the others but for one in 6, the nearer the more surely
    private const double DeviationsOfNearest = 3;
    private const double DeviationsOfOthers = 1;
    private const int ChunksOfAMemory = 4; // among the best chunks: seldom as many
    private const int RowsAtOnce = 32_768;
    private const int SignsAtOnce = 8_192;
    private const int CodesAtOnce = 1_024;
    private const int BytesAhead = 4_096; // the code that lies so far ahead is fetched already

    private readonly SignQuery? _signs = rows > MostExact ? new(query.Span) : null; // where no signs are read, preparing for them would take a tenth of the time
    private readonly PooledList<FoundChunk> _measured = new();
    private float[] _best = [];

    /// <summary>Gets a value indicating whether nothing is left to chance.</summary>
    public bool IsExact => rows <= MostExact;

    /// <summary>Offers the rows that can be among the nearest, in their order. The file is held.</summary>
    public void Offer(ref ChunkPrefilter prefilter)
    {
        if (IsExact)
        {
            using var kept = new PooledList<int>();
            for (var row = 0; row < rows; row++)
            {
                if (!removed.Has(row))
                {
                    kept.Add(row);
                }
            }

            Measure(kept);
        }
        else
        {
            Narrow();
            _measured.Span.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        }

        foreach (var (key, memory, bounds) in _measured.Span)
        {
            prefilter.Offer(key, memory, bounds);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _measured.Dispose();

    private void Narrow()
    {
        var distances = ArrayPool<ushort>.Shared.Rent(rows);
        try
        {
            var counts = Compare(distances);
            var (reach, enough) = (-1, Math.Max(256, 4 * top));
            for (var least = enough; !IsTold() && reach < SignCode.Bits; least *= 4)
            {
                var next = ReachOf(counts, least);
                using var nearer = Within(distances, reach, next);
                Measure(nearer);
                (reach, _best) = (next, Best());
            }

            var needed = IsTold() ? Math.Max(Reach(Nearest, DeviationsOfNearest), Reach(top, DeviationsOfOthers)) : SignCode.Bits;
            if (needed > reach)
            {
                using var others = Within(distances, reach, needed);
                LookCloser(others, enough);
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(distances);
        }
    }

    // Measures those of many rows that can be among the nearest by what the whole query tells of their signs: the nearest first, which tell more of how near that is.
    private void LookCloser(PooledList<int> found, int enough)
    {
        if (found.Count <= enough)
        {
            Measure(found);
            return;
        }

        using var cosines = new PooledList<float>();
        cosines.AddUnwritten(found.Count);
        InParallel(found.Count, SignsAtOnce, (first, end) =>
        {
            var these = found.Span[first..end];
            var theirs = cosines.Span[first..end];
            var block = default(VectorBlock);
            for (var at = 0; at < these.Length; at++)
            {
                block = block.Has(these[at]) ? block : file.BlockOf(these[at]);
                theirs[at] = _signs!.Cosine(file.Signs(block).Slice((these[at] - block.First) * SignCode.Bytes, SignCode.Bytes));
            }
        });
        var likely = LeastOf(cosines.Span, enough);
        MeasureBetween(likely, float.PositiveInfinity);
        _best = Best();
        MeasureBetween(IsTold() ? (float)Math.Min(Least(Nearest, DeviationsOfNearest), Least(top, DeviationsOfOthers)) : float.NegativeInfinity, likely);

        void MeasureBetween(float least, float most)
        {
            using var wanted = new PooledList<int>();
            for (var at = 0; at < found.Count; at++)
            {
                if (cosines.Items[at] >= least && cosines.Items[at] < most)
                {
                    wanted.Add(found.Items[at]);
                }
            }

            Measure(wanted);
        }
    }

    // Computes the distances of all rows, and how many rows have each distance.
    private int[] Compare(ushort[] distances)
    {
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
                SignCode.Distances(_signs!.Code, file.Signs(block).Slice((first - block.First) * SignCode.Bytes, count * SignCode.Bytes), place);
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

    private PooledList<int> Within(ushort[] distances, int beyond, int reach)
    {
        var found = new PooledList<int>();
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
        return found;

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

    // Whether enough memories were measured to tell how near the nearest are.
    private bool IsTold() => _best.Length == top;

    private int Reach(int rank, double deviations) => SignCode.Reach(ScoreOf(rank), DeviationsFor(rank, deviations));

    private double Least(int rank, double deviations) => ScoreOf(rank) - (DeviationsFor(rank, deviations) * _signs!.Deviation(ScoreOf(rank)));

    private float ScoreOf(int rank) => _best[Math.Min(rank, top) - 1];

    private double DeviationsFor(int rank, double deviations) => Math.Min(rank, top) <= Nearest ? DeviationsOfNearest : deviations;

    private void Measure(PooledList<int> found)
    {
        var slack = IsExact ? 1 : QuantizedVector.LikelySlack(file.Dimension);
        var ahead = 1 + (BytesAhead / QuantizedVector.Size(file.Dimension));
        var place = _measured.AddUnwritten(found.Count);
        InParallel(found.Count, CodesAtOnce, (first, end) =>
        {
            var these = found.Span[first..end];
            var measured = _measured.Span[(place + first)..];
            var block = default(VectorBlock);
            for (var at = 0; at < these.Length; at++)
            {
                block = block.Has(these[at]) ? block : file.BlockOf(these[at]);
                var (row, later) = (these[at] - block.First, these[Math.Min(at + ahead, these.Length - 1)]);
                var next = block.Has(later) ? file.Code(block, later - block.First) : default;
                var key = file.Keys(block)[row];
                measured[at] = new(ChunkKey.First(file.Head.Partition) + key.Chunk, key.Memory, quantized.Bounds(file.Code(block, row), slack, next));
            }
        });
    }

    // The least that the best chunks of the nearest memories score, as far as they were measured, best first.
    private float[] Best()
    {
        using var least = new PooledList<float>();
        foreach (ref readonly var chunk in _measured.Span)
        {
            least.Add(chunk.Bounds.Least);
        }

        var cut = LeastOf(least.Span, ChunksOfAMemory * top);
        var best = BestFrom(cut);
        return best.Length == top || float.IsNegativeInfinity(cut) ? best : BestFrom(float.NegativeInfinity);
    }

    // The same, of the chunks that score that or more.
    private float[] BestFrom(float least)
    {
        var best = new Dictionary<long, float>();
        foreach (ref readonly var chunk in _measured.Span)
        {
            if (chunk.Bounds.Least >= least)
            {
                best[chunk.Memory] = best.TryGetValue(chunk.Memory, out var known) ? Math.Max(known, chunk.Bounds.Least) : chunk.Bounds.Least;
            }
        }

        return [.. best.Values.OrderDescending().Take(top)];
    }

    // A cosine that some number of the given ones reach, or a few more.
    private static float LeastOf(ReadOnlySpan<float> cosines, int count)
    {
        const int Steps = 4_096;
        var counts = new int[Steps + 1];
        foreach (var cosine in cosines)
        {
            counts[StepOf(cosine)]++;
        }

        var (step, sum) = (Steps, counts[Steps]);
        while (sum < count && step > 0)
        {
            sum += counts[--step];
        }

        return step == 0 ? float.NegativeInfinity : (step / (Steps / 2f)) - 1;

        static int StepOf(float cosine) => (int)((Math.Clamp(cosine, -1, 1) + 1) * (Steps / 2));
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
