using System.Numerics.Tensors;
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
            var difference = vector[i] - (bytes[i] * (double)scale);
            lost += difference * difference;
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
        var (scale, _) = Read(code, out var steps);
        TensorPrimitives.ConvertTruncating(steps, vector);
        TensorPrimitives.Multiply(vector, scale, vector);
    }

    /// <summary>Gets what stands in a code: a dimension is its step times the scale, and what that loses is at most so long.</summary>
    public static (float Scale, float Lost) Read(ReadOnlySpan<byte> code, out ReadOnlySpan<sbyte> steps)
    {
        var header = MemoryMarshal.Cast<byte, float>(code[..HeaderBytes]);
        steps = MemoryMarshal.Cast<byte, sbyte>(code[HeaderBytes..]);
        return (header[0], header[1]);
    }

    /// <summary>Gets the part of the greatest error that is hardly ever exceeded: errors of single dimensions rarely all point where the query does.</summary>
    public static float LikelySlack(int dimension) => Math.Min(1, 4 / MathF.Sqrt(dimension));
}
