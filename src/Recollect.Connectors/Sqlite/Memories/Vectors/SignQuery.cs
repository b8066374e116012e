using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>A query that is compared with signs, and what can be told of the cosine.</summary>
/// <remarks>
/// Signs against signs are compared fastest. Where that leaves many, the query's own 512 numbers, rounded to 4 bits each, tell nearly twice as much
/// of each of them from the same signs.
/// </remarks>
internal sealed class SignQuery
{
    private const int Planes = 4;
    private const int Half = 1 << (Planes - 1);
    private const double RoundingOfQuery = 0.002;
    private const double ErrorOfSame = 0.045; // how far the mean of the absolute values of normal numbers strays where their squares have a fixed sum

    private readonly byte[] _code = new byte[SignCode.Bytes];
    private readonly ulong[] _planes = new ulong[Planes * SignCode.Words];
    private readonly int _sum;
    private readonly float _scale;
    private readonly double _rest;

    /// <summary>Prepares a query.</summary>
    /// <param name="vector">A vector of unit length.</param>
    public SignQuery(ReadOnlySpan<float> vector)
    {
        var size = SignCode.SizeOf(vector.Length);
        var rotated = new float[size];
        SignCode.Rotate(vector, rotated);
        SignCode.Signs(rotated, _code);
        _rest = 1 - (SignCode.Bits / (double)size);
        var step = Math.Max(float.Epsilon, MathF.Abs(TensorPrimitives.MaxMagnitude<float>(rotated.AsSpan(0, SignCode.Bits))) / Half);
        for (var i = 0; i < SignCode.Bits; i++)
        {
            var value = Math.Clamp((int)MathF.Floor(rotated[i] / step) + Half, 0, (2 * Half) - 1); // stands for (value - Half + 0.5) steps
            _sum += (2 * value) - (2 * Half) + 1;
            for (var plane = 0; plane < Planes; plane++)
            {
                _planes[(plane * SignCode.Words) + (i / 64)] |= (ulong)(value >> plane & 1) << i % 64;
            }
        }

        // A rotated dimension of a unit vector is size times a normal number with the variance 1 / size.
        _scale = step / 2 / size * MathF.Sqrt(size * MathF.PI / 2) / SignCode.Bits;
    }

    /// <summary>Gets its signs.</summary>
    public ReadOnlySpan<byte> Code => _code;

    /// <summary>Gets about the cosine of the query and the vector of some signs.</summary>
    public float Cosine(ReadOnlySpan<byte> signs)
    {
        var code = MemoryMarshal.Cast<byte, ulong>(signs)[..SignCode.Words];
        var planes = _planes.AsSpan(0, Planes * SignCode.Words);
        var (ones, twos, fours, eights, negative) = (0, 0, 0, 0, 0);
        for (var word = 0; word < SignCode.Words; word++)
        {
            var bits = code[word];
            negative += BitOperations.PopCount(bits);
            ones += BitOperations.PopCount(planes[word] & bits);
            twos += BitOperations.PopCount(planes[SignCode.Words + word] & bits);
            fours += BitOperations.PopCount(planes[(2 * SignCode.Words) + word] & bits);
            eights += BitOperations.PopCount(planes[(3 * SignCode.Words) + word] & bits);
        }

        // What is negative counts twice against the sum of all.
        var weighted = ones + (2 * twos) + (4 * fours) + (8 * eights);
        return _scale * (_sum - (2 * ((2 * weighted) - (((2 * Half) - 1) * negative))));
    }

    /// <summary>Gets the standard deviation of <see cref="Cosine"/> at some cosine: less, the more of the rotated dimensions have their sign kept.</summary>
    public double Deviation(double cosine)
    {
        var (square, error) = (cosine * cosine, 1 - (2 / Math.PI));
        var variance = (Math.PI / 2) * (((1 - _rest) * ((error * (1 - square)) + (ErrorOfSame * square))) + (_rest * (1 - (2 / Math.PI * square))));
        return Math.Sqrt(variance / SignCode.Bits) + RoundingOfQuery;
    }
}
