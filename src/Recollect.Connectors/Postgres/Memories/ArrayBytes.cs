using System.Buffers.Binary;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>The bytes in which PostgreSQL sends a <c>real[]</c> without nulls: 20 of the array, then length and value of each element.</summary>
/// <remarks>Read in place they take a tenth of the time that the driver takes for an array of each row.</remarks>
internal static class ArrayBytes
{
    private const int HeaderBytes = 20;
    private const int ElementBytes = sizeof(int) + sizeof(float);

    /// <summary>Gets how many bytes an array has.</summary>
    public static int Size(int length) => HeaderBytes + (length * ElementBytes);

    /// <summary>Reads an array.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        var elements = bytes[HeaderBytes..];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleBigEndian(elements.Slice((i * ElementBytes) + sizeof(int), sizeof(float)));
        }
    }
}
