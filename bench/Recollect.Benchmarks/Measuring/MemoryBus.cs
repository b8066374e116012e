using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Recollect.Benchmarks.Measuring;

/// <summary>How fast all cores together read memory.</summary>
internal static class MemoryBus
{
    private const int Bytes = 512 << 20;

    /// <summary>Reads half a gigabyte some times.</summary>
    /// <returns>Bytes a second, of the fastest time.</returns>
    public static double Measure()
    {
        var memory = new byte[Bytes];
        Array.Fill(memory, (byte)3);
        var best = 0.0;
        for (var round = 0; round < 10; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var parts = Environment.ProcessorCount;
            Parallel.For(0, parts, part => GC.KeepAlive(Sum(memory.AsSpan(part * (Bytes / parts), Bytes / parts))));
            best = Math.Max(best, Bytes / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static Vector<ulong> Sum(ReadOnlySpan<byte> part)
    {
        var (a, b, c, d) = (Vector<ulong>.Zero, Vector<ulong>.Zero, Vector<ulong>.Zero, Vector<ulong>.Zero);
        var vectors = MemoryMarshal.Cast<byte, Vector<ulong>>(part);
        for (var i = 0; i + 3 < vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        return a + b + c + d;
    }
}
