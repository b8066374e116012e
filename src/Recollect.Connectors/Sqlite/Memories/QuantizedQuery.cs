using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A query in whole numbers, whose dot products with one-byte codes are added up without rounding, the same on every processor.</summary>
/// <remarks>What the rounding of the query loses, some hundredth of what a code loses, is in the bounds. Safe to use concurrently.</remarks>
internal sealed class QuantizedQuery
{
    private const int FewestLanes = 4; // that a sum is spread over; each has 32 bits
    private const float Rounding = 1e-5f; // of sums of 32-bit floats, generously

    private readonly short[] _steps;
    private readonly double _scale;
    private readonly float _lost;

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
    }

    /// <summary>Gets what a code tells of the dot product of the query and the encoded vector, both of unit length.</summary>
    /// <param name="code">The code; as many dimensions as the query.</param>
    /// <param name="slack">The part of the greatest error that is allowed for: 1 to be sure.</param>
    public CodeBounds Bounds(ReadOnlySpan<byte> code, float slack = 1)
    {
        var (scale, lost) = QuantizedVector.Read(code, out var steps);
        return new((float)(_scale * scale * Dot(_steps, steps)), lost + (_lost * (1 + lost)), slack);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a first search runs it as often as any
    private static long Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> code)
    {
        var (sum, at) = (0L, 0);
        ref var x = ref MemoryMarshal.GetReference(query[..code.Length]);
        ref var y = ref MemoryMarshal.GetReference(code);
        if (Avx512BW.IsSupported)
        {
            var sums = Vector512<int>.Zero;
            for (; at <= code.Length - Vector256<sbyte>.Count; at += Vector256<sbyte>.Count)
            {
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
