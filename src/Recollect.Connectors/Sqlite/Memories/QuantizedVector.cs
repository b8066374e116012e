using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Writes a vector with one byte a dimension, beside a bound of what that loses, so that most vectors need not be read whole.</summary>
/// <remarks>The bytes: scale and error as 32-bit floats, then the dimensions as signed bytes. A dimension is its byte times the scale.</remarks>
internal static class QuantizedVector
{
    private const int HeaderBytes = 2 * sizeof(float);
    private const int Steps = sbyte.MaxValue;
    private const float Rounding = 1e-5f; // of sums of 32-bit floats, generously

    /// <summary>Gets how many bytes the code of a vector has.</summary>
    public static int Size(int dimension) => HeaderBytes + dimension;

    /// <summary>Encodes a vector.</summary>
    public static byte[] Encode(ReadOnlySpan<float> vector)
    {
        var code = new byte[Size(vector.Length)];
        var bytes = MemoryMarshal.Cast<byte, sbyte>(code.AsSpan(HeaderBytes));
        var scale = vector.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / Steps;
        var lost = 0.0;
        for (var i = 0; i < bytes.Length && scale > 0; i++)
        {
            bytes[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] / scale), -Steps, Steps);
            lost += Math.Pow(vector[i] - (bytes[i] * (double)scale), 2);
        }

        var header = MemoryMarshal.Cast<byte, float>(code.AsSpan(0, HeaderBytes));
        (header[0], header[1]) = (scale, (float)Math.Sqrt(lost) + Rounding);
        return code;
    }

    /// <summary>Decodes a vector, as well as the code knows it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="vector">Where it goes; as many dimensions as the code has.</param>
    public static void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        var scale = MemoryMarshal.Read<float>(code);
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(code[HeaderBytes..]), vector);
        TensorPrimitives.Multiply(vector, scale, vector);
    }

    /// <summary>Gets what a code tells of the dot product of a vector of unit length and the encoded vector.</summary>
    /// <param name="query">The vector; as many dimensions as the code has.</param>
    /// <param name="code">The code.</param>
    /// <param name="slack">The part of the greatest error that is allowed for: 1 to be sure.</param>
    public static CodeBounds Bounds(ReadOnlySpan<float> query, ReadOnlySpan<byte> code, float slack = 1)
    {
        var header = MemoryMarshal.Cast<byte, float>(code[..HeaderBytes]);
        return new(header[0] * Dot(query, MemoryMarshal.Cast<byte, sbyte>(code[HeaderBytes..])), header[1], slack);
    }

    /// <summary>Gets the part of the greatest error that is hardly ever exceeded: errors of single dimensions rarely all point where the query does.</summary>
    public static float LikelySlack(int dimension) => Math.Min(1, 4 / MathF.Sqrt(dimension));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a first search runs it as often as any
    private static float Dot(ReadOnlySpan<float> query, ReadOnlySpan<sbyte> bytes)
    {
        var blocks = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(bytes);
        var queries = MemoryMarshal.Cast<float, Vector<float>>(query);
        Vector<float> first = default, second = default, third = default, fourth = default;
        for (var i = 0; i < blocks.Length; i++)
        {
            Vector.Widen(blocks[i], out var low, out var high);
            Vector.Widen(low, out var a, out var b);
            Vector.Widen(high, out var c, out var d);
            var four = queries.Slice(4 * i, 4);
            first += Vector.ConvertToSingle(a) * four[0];
            second += Vector.ConvertToSingle(b) * four[1];
            third += Vector.ConvertToSingle(c) * four[2];
            fourth += Vector.ConvertToSingle(d) * four[3];
        }

        var sum = Vector.Sum(first + second + third + fourth);
        for (var i = blocks.Length * Vector<sbyte>.Count; i < bytes.Length; i++)
        {
            sum += query[i] * bytes[i];
        }

        return sum;
    }
}
