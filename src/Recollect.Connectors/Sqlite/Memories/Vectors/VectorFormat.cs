using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>How a file of codes is laid out.</summary>
/// <remarks>
/// A page with the head, two places for commits and a mark that a file was replaced; then blocks, each a head, the keys of its
/// rows, their signs, and their one-byte codes. What is added is written behind the last commit and reached by the disk before
/// the next commit, which goes to the other place, so that whatever happens one of the two is whole.
/// </remarks>
internal static class VectorFormat
{
    /// <summary>The most rows of one block.</summary>
    public const int MostRows = 8_192;

    /// <summary>Where the blocks begin.</summary>
    public const int Start = 4_096;

    /// <summary>Where the mark lies that another file replaced this one.</summary>
    public const int RetiredAt = 256;

    /// <summary>Where the two commits lie.</summary>
    public const int CommitsAt = 512;

    /// <summary>How far the commits lie apart.</summary>
    public const int CommitBytes = 512;

    /// <summary>How many bytes the head of a block takes.</summary>
    public const int BlockHeadBytes = 64;

    private const ulong FileMagic = 0x0002_5645_4354_4F52; // the format's version is its last part
    private const ulong BlockMagic = 0x0002_424C_4F43_4B53;

    /// <summary>Gets how many bytes a block takes, its head included; a multiple of 64.</summary>
    public static long BlockBytes(int dimension, int rows) => (BodyBytes(dimension, rows) + BlockHeadBytes + 63) / 64 * 64;

    /// <summary>Gets how many bytes the rows of a block take.</summary>
    public static int BodyBytes(int dimension, int rows) => CodesAt(rows) + (rows * QuantizedVector.Size(dimension));

    /// <summary>Gets where the signs lie in the body of a block.</summary>
    public static int SignsAt(int rows) => (rows * VectorKey.Bytes + 63) / 64 * 64;

    /// <summary>Gets where the one-byte codes lie in the body of a block.</summary>
    public static int CodesAt(int rows) => SignsAt(rows) + (rows * SignCode.Bytes);

    /// <summary>Computes the CRC-32C of four interleaved streams, one word of each after the other, joined by one more: a processor works on all four at once.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var (first, second, third, fourth) = (uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (; words.Length >= 4; words = words[4..])
        {
            first = BitOperations.Crc32C(first, words[0]);
            second = BitOperations.Crc32C(second, words[1]);
            third = BitOperations.Crc32C(third, words[2]);
            fourth = BitOperations.Crc32C(fourth, words[3]);
        }

        var checksum = BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(first, second), third), fourth);
        foreach (var last in bytes[(bytes.Length / 32 * 32)..])
        {
            checksum = BitOperations.Crc32C(checksum, last);
        }

        return checksum;
    }

    /// <summary>Writes a part of the head with its checksum behind it.</summary>
    public static void Seal<T>(Span<byte> place, in T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(place, in value);
        var size = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(place[size..], Checksum(place[..size]));
    }

    /// <summary>Reads a part of the head.</summary>
    /// <returns>Null where it is not as it was written.</returns>
    public static T? Open<T>(ReadOnlySpan<byte> place)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        Span<byte> copy = stackalloc byte[size + sizeof(uint)]; // another process may be writing it
        place[..copy.Length].CopyTo(copy);
        return MemoryMarshal.Read<uint>(copy[size..]) == Checksum(copy[..size]) ? MemoryMarshal.Read<T>(copy) : null;
    }

    /// <summary>What a file is about; never changes.</summary>
    /// <param name="Magic">What kind of file it is.</param>
    /// <param name="Database">The database that it was made of.</param>
    /// <param name="Partition">The only partition whose vectors it holds.</param>
    /// <param name="Dimension">Their dimension.</param>
    /// <param name="Version">The version of the partition when the file was begun: what had been removed until then is not in it.</param>
    /// <param name="Seq">The last entry of the journal then.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public readonly record struct Head(ulong Magic, UInt128 Database, long Partition, long Dimension, long Version, long Seq)
    {
        /// <summary>Makes the head of a new file.</summary>
        public static Head Of(UInt128 database, Partition partition, int dimension, long seq) => new(FileMagic, database, partition.Id, dimension, partition.Version, seq);

        /// <summary>Says whether it is about the vectors of a partition of this database, in this format.</summary>
        public bool IsOf(UInt128 database, long partition, int dimension) => (Magic, Database, Partition, Dimension) == (FileMagic, database, partition, dimension);
    }

    /// <summary>How far a file was written.</summary>
    /// <param name="Number">Counts the commits; the higher of the two whole ones holds.</param>
    /// <param name="Length">How many bytes hold.</param>
    /// <param name="Rows">How many rows they have.</param>
    /// <param name="Last">The running number of the last chunk that was looked at.</param>
    /// <param name="Version">The version of the partition then.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public readonly record struct Commit(long Number, long Length, long Rows, long Last, long Version);

    /// <summary>The head of a block.</summary>
    /// <param name="Magic">What it is.</param>
    /// <param name="Rows">How many rows it has.</param>
    /// <param name="Checksum">That of its body.</param>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public readonly record struct BlockHead(ulong Magic, int Rows, uint Checksum)
    {
        /// <summary>Makes the head of a new block.</summary>
        public static BlockHead Of(int rows, uint checksum) => new(BlockMagic, rows, checksum);

        /// <summary>Gets whether it is one.</summary>
        public bool IsWhole => Magic == BlockMagic && Rows is > 0 and <= MostRows;
    }
}
