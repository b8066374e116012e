using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A query in whole numbers, whose dot products with one-byte codes are added up without rounding, the same on every processor.</summary>
/// <remarks>What the rounding of the query loses, some hundredth of what a code loses, is in the bounds. Safe to use concurrently.</remarks>
internal sealed unsafe class QuantizedQuery
{
    private const int FewestLanes = 4; // that a sum is spread over; each has 32 bits
    private const float Rounding = 1e-5f; // of sums of 32-bit floats, generously

    private const double MostOfADimension = 0.501; // that rounding to whole steps loses, and a little
    private const float LeastScale = 1e-6f; // of vectors of unit length all scales are above it

    private readonly short[] _steps;
    private readonly double _scale;
    private readonly float _lost;
    private readonly double _weight;
    private readonly double _part;

    /// <summary>Prepares a query.</summary>
    /// <param name="vector">A vector of unit length.</param>
    public QuantizedQuery(ReadOnlySpan<float> vector)
    {
        var most = Math.Min(short.MaxValue, int.MaxValue / (sbyte.MaxValue * ((vector.Length / FewestLanes) + 1)));
        _steps = new short[vector.Length];
        _scale = vector.IsEmpty ? 0 : Math.Abs((double)TensorPrimitives.MaxMagnitude(vector)) / most;
        var lost = 0.0;
        for (var i = 0; i < vector.Length && _scale > 0; i++)
        {
            _steps[i] = (short)Math.Round(vector[i] / _scale);
            var difference = vector[i] - (_steps[i] * _scale);
            lost += difference * difference;
        }

        _lost = (float)Math.Sqrt(lost) + Rounding;
        (_weight, _part) = Dual(vector);
    }

    /// <summary>Gets what a code tells of the dot product of the query and the encoded vector, both of unit length.</summary>
    /// <param name="code">The code; as many dimensions as the query.</param>
    /// <param name="slack">The part of the greatest error that is allowed for: 1 to be sure.</param>
    /// <param name="next">A code that is asked for soon, to be fetched from memory meanwhile: a processor does not look beyond a page by itself. Empty for none.</param>
    public CodeBounds Bounds(ReadOnlySpan<byte> code, float slack = 1, ReadOnlySpan<byte> next = default)
    {
        var (scale, lost) = QuantizedVector.Read(code, out var steps);
        var most = slack < 1 || scale < LeastScale ? lost : Math.Min(lost, (float)((scale * _part) + (_weight / 2 * lost * lost / scale)));
        return new((float)(_scale * scale * Dot(_steps, steps, next.Length == code.Length ? next : code)), most + (_lost * (1 + lost)), slack);
    }

    // No dimension of a vector lost more than half a step, and the length of what all of them lost is known. The dot product of that and the query is
    // at most the sum over all dimensions of the greatest |q| e - weight e² / 2 for an e up to half a step, plus half the weight times the length
    // squared: for any weight, by weak duality, and least for the one whose e have that length. Lengths differ little, so one weight does for all codes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Weight, double Part) Dual(ReadOnlySpan<float> query)
    {
        var square = query.Length / 12.0; // of the length, in steps, where rounding is even
        var weight = Math.Sqrt(TensorPrimitives.SumOfSquares(query) / square);
        var (within, left) = (0.0, square);
        foreach (var value in query)
        {
            var isWithin = Math.Abs(value) <= weight * MostOfADimension;
            within += isWithin ? (double)value * value : 0;
            left -= isWithin ? 0 : MostOfADimension * MostOfADimension;
        }

        weight = left > 0 && within > 0 ? Math.Sqrt(within / left) : weight;
        var part = 0.0;
        foreach (var value in query)
        {
            var e = Math.Abs(value) < weight * MostOfADimension ? Math.Abs(value) / weight : MostOfADimension;
            part += (Math.Abs(value) * e) - (weight / 2 * e * e);
        }

        return (weight, part);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a first search runs it as often as any
    private static long Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> code, ReadOnlySpan<byte> next)
    {
        var (sum, at) = (0L, 0);
        ref var x = ref MemoryMarshal.GetReference(query[..code.Length]);
        ref var y = ref MemoryMarshal.GetReference(code);
        var soon = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(next)); // only ever fetched, which is harmless wherever it points
        if (Avx512BW.IsSupported)
        {
            var sums = Vector512<int>.Zero;
            for (; at <= code.Length - Vector256<sbyte>.Count; at += Vector256<sbyte>.Count)
            {
                Sse.Prefetch0(soon + at);
                sums += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref y, (nuint)at)), Vector512.LoadUnsafe(ref x, (nuint)at));
            }

            var (low, high) = Vector512.Widen(sums);
            sum = Vector512.Sum(low + high);
        }
        else if (Avx2.IsSupported)
        {
            var sums = Vector256<int>.Zero;
            for (; at <= code.Length - Vector128<sbyte>.Count; at += Vector128<sbyte>.Count)
            {
                Sse.Prefetch0(soon + at);
                sums += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref y, (nuint)at)), Vector256.LoadUnsafe(ref x, (nuint)at));
            }

            var (low, high) = Vector256.Widen(sums);
            sum = Vector256.Sum(low + high);
        }
        else
        {
            var sums = Vector<int>.Zero;
            for (; at <= code.Length - Vector<sbyte>.Count; at += Vector<sbyte>.Count)
            {
                Vector.Widen(new Vector<sbyte>(code[at..]), out var first, out var second);
                sums += Products(first, new(query[at..])) + Products(second, new(query[(at + Vector<short>.Count)..]));
            }

            Vector.Widen(sums, out var low, out var high);
            sum = Vector.Sum(low + high);
        }

        for (; at < code.Length; at++)
        {
            sum += query[at] * code[at];
        }

        return sum;
    }

    private static Vector<int> Products(Vector<short> x, Vector<short> y)
    {
        Vector.Widen(x, out var a, out var b);
        Vector.Widen(y, out var c, out var d);
        return (a * c) + (b * d);
    }
}
