namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The codes of one partition's vectors of one dimension in memory, as they were at one version of the partition.</summary>
internal sealed class ChunkBlock
{
    private readonly int _codeSize;
    private readonly long[] _keys;
    private readonly long[] _memoryKeys;
    private readonly byte[] _codes;

    private ChunkBlock(long version, int dimension, int count)
    {
        (Version, _codeSize, Bytes) = (version, QuantizedVector.Size(dimension), Size(dimension, count));
        _keys = new long[count];
        _memoryKeys = new long[count];
        _codes = new byte[count * _codeSize];
    }

    /// <summary>Gets the version of the partition.</summary>
    public long Version { get; }

    /// <summary>Gets how much memory it takes.</summary>
    public long Bytes { get; }

    /// <summary>Reads the codes of a partition.</summary>
    /// <returns>Null where they would take more than <paramref name="maxBytes"/>.</returns>
    public static ChunkBlock? Load(SqliteSession session, Partition partition, int dimension, long maxBytes)
    {
        var count = session.Query("SELECT count(*) FROM chunks WHERE key BETWEEN ?1 AND ?2 AND length(code) = ?3")
            .With(ChunkKey.First(partition.Id)).With(ChunkKey.Last(partition.Id)).With(QuantizedVector.Size(dimension)).Number() ?? 0;
        if (Size(dimension, count) > maxBytes)
        {
            return null;
        }

        var block = new ChunkBlock(partition.Version, dimension, (int)count);
        using var row = session.Query(ChunkSearch.Select).With(ChunkKey.First(partition.Id)).With(ChunkKey.Last(partition.Id));
        for (var at = 0; row.Read();)
        {
            var code = row.Bytes(2);
            if (code.Length == block._codeSize)
            {
                (block._keys[at], block._memoryKeys[at]) = (row.Number(0), row.Number(1));
                code.CopyTo(block._codes.AsSpan(at++ * block._codeSize));
            }
        }

        return block;
    }

    /// <summary>Offers every chunk.</summary>
    public void Scan(ref ChunkPrefilter prefilter)
    {
        for (var at = 0; at < _keys.Length; at++)
        {
            prefilter.Offer(_keys[at], _memoryKeys[at], _codes.AsSpan(at * _codeSize, _codeSize));
        }
    }

    private static long Size(int dimension, long count) => count * ((2 * sizeof(long)) + QuantizedVector.Size(dimension));
}
