using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>512 signs of a vector after a fixed rotation: how many signs of two vectors differ tells the angle between them.</summary>
/// <remarks>
/// The rotation is two rounds of signs and a Hadamard transform, so that vectors with few dimensions that are not zero are
/// spread over all signs too. Each sign differs with the probability angle / π, whatever the vectors; 512 of them are one line of
/// the processor's cache, and more would be read more slowly than what they save later.
/// </remarks>
internal static class SignCode
{
    /// <summary>How many signs there are.</summary>
    public const int Bits = 512;

    /// <summary>How many bytes they take.</summary>
    public const int Bytes = Bits / 8;

    /// <summary>How many 64-bit words they take.</summary>
    public const int Words = Bits / 64;

    private const int OnStack = 4_096;
    private const ulong Seed = 0x52_65_63_6F_6C_6C_65_63; // changing it needs a new version of the format

    /// <summary>Encodes a vector.</summary>
    /// <param name="vector">The vector; only its direction counts.</param>
    /// <param name="code">Where the signs go, <see cref="Bytes"/> long.</param>
    public static void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        var size = SizeOf(vector.Length);
        var rotated = size <= OnStack ? stackalloc float[size] : new float[size];
        Rotate(vector, rotated);
        Signs(rotated, code);
    }

    /// <summary>Gets how many dimensions the rotation has.</summary>
    public static int SizeOf(int dimension) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(dimension, Bits));

    /// <summary>Rotates a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="rotated">Where it goes, <see cref="SizeOf"/> long; longer than before by the square of that.</param>
    public static void Rotate(ReadOnlySpan<float> vector, Span<float> rotated)
    {
        vector.CopyTo(rotated);
        rotated[vector.Length..].Clear();
        for (var round = 0UL; round < 2; round++)
        {
            Flip(rotated, round);
            Transform(rotated);
        }
    }

    /// <summary>Gets the signs of a rotated vector.</summary>
    public static void Signs(ReadOnlySpan<float> rotated, Span<byte> code)
    {
        for (var i = 0; i < Bytes; i++)
        {
            code[i] = (byte)Vector256.LessThan(Vector256.Create<float>(rotated[(8 * i)..]), Vector256<float>.Zero).ExtractMostSignificantBits();
        }
    }

    /// <summary>Counts the signs that differ between a code and each of many.</summary>
    /// <param name="query">The code.</param>
    /// <param name="codes">The others, one after the other.</param>
    /// <param name="distances">Where the counts go, one for each.</param>
    public static void Distances(ReadOnlySpan<byte> query, ReadOnlySpan<byte> codes, Span<ushort> distances)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(codes);
        var asked = MemoryMarshal.Cast<byte, ulong>(query);
        var (q0, q1, q2, q3, q4, q5, q6, q7) = (asked[0], asked[1], asked[2], asked[3], asked[4], asked[5], asked[6], asked[7]);
        for (var i = 0; i < distances.Length; i++)
        {
            var c = words.Slice(i * Words, Words);
            distances[i] = (ushort)(
                BitOperations.PopCount(c[0] ^ q0) + BitOperations.PopCount(c[1] ^ q1) + BitOperations.PopCount(c[2] ^ q2) + BitOperations.PopCount(c[3] ^ q3)
                + BitOperations.PopCount(c[4] ^ q4) + BitOperations.PopCount(c[5] ^ q5) + BitOperations.PopCount(c[6] ^ q6) + BitOperations.PopCount(c[7] ^ q7));
        }
    }

    /// <summary>Gets the distance within which the signs of a vector at some cosine lie, but for chance.</summary>
    /// <param name="cosine">The cosine of the two vectors.</param>
    /// <param name="deviations">How many standard deviations are allowed for: 3 miss one in 700, 1 misses one in 6.</param>
    public static int Reach(double cosine, double deviations)
    {
        var share = Math.Acos(Math.Clamp(cosine, -1, 1)) / Math.PI;
        return (int)Math.Min(Bits, Math.Ceiling((Bits * share) + (deviations * Math.Sqrt(Bits * share * (1 - share)))));
    }

    private static void Flip(Span<float> values, ulong round)
    {
        for (var i = 0; i < values.Length; i += 64)
        {
            var signs = Mix(Seed + (round << 32) + (ulong)i);
            for (var bit = 0; bit < 64; bit++)
            {
                values[i + bit] = (signs >> bit & 1) == 0 ? values[i + bit] : -values[i + bit];
            }
        }
    }

    private static void Transform(Span<float> values)
    {
        for (var half = 1; half < values.Length; half *= 2)
        {
            for (var at = 0; at < values.Length; at += 2 * half)
            {
                Cross(values.Slice(at, half), values.Slice(at + half, half));
            }
        }
    }

    // (a, b) becomes (a + b, a - b).
    private static void Cross(Span<float> a, Span<float> b)
    {
        var i = 0;
        for (; i <= a.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (x, y) = (Vector256.Create<float>(a[i..]), Vector256.Create<float>(b[i..]));
            (x + y).CopyTo(a[i..]);
            (x - y).CopyTo(b[i..]);
        }

        for (; i < a.Length; i++)
        {
            (a[i], b[i]) = (a[i] + b[i], a[i] - b[i]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
