namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The vectors of one partition and dimension in memory, as they were at one version of the partition.</summary>
internal sealed class ChunkBlock
{
    private const int BytesOfChunk = sizeof(long) + (2 * sizeof(int));

    private readonly int _dimension;
    private readonly long[] _memoryKeys;
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly float[] _vectors;

    private ChunkBlock(long version, int dimension, int count)
    {
        (Version, _dimension, Bytes) = (version, dimension, Size(dimension, count));
        _memoryKeys = new long[count];
        _first = new int[count];
        _last = new int[count];
        _vectors = new float[(long)count * dimension];
    }

    /// <summary>Gets the version of the partition.</summary>
    public long Version { get; }

    /// <summary>Gets how much memory it takes.</summary>
    public long Bytes { get; }

    /// <summary>Reads the vectors of a partition.</summary>
    /// <returns>Null where they would take more than <paramref name="maxBytes"/>.</returns>
    public static ChunkBlock? Load(SqliteSession session, long partition, long version, int dimension, long maxBytes)
    {
        var count = session.Query("SELECT count(*) FROM chunks WHERE key BETWEEN ?1 AND ?2 AND length(vector) = ?3")
            .With(ChunkKey.First(partition)).With(ChunkKey.Last(partition)).With(dimension * sizeof(float)).Number() ?? 0;
        if (Size(dimension, count) > maxBytes)
        {
            return null;
        }

        var block = new ChunkBlock(version, dimension, (int)count);
        using var row = session.Query(ChunkSearch.Select).With(ChunkKey.First(partition)).With(ChunkKey.Last(partition));
        for (var at = 0; row.Read();)
        {
            var vector = row.Vector(3);
            if (vector.Length == dimension)
            {
                (block._memoryKeys[at], block._first[at], block._last[at]) = (row.Number(0), (int)row.Number(1), (int)row.Number(2));
                vector.CopyTo(block._vectors.AsSpan(at++ * dimension));
            }
        }

        return block;
    }

    /// <summary>Gets the best chunk of each memory.</summary>
    public List<Candidate> Scan(ReadOnlySpan<float> query)
    {
        var best = new List<Candidate>(_memoryKeys.Length);
        for (var at = 0; at < _memoryKeys.Length; at++)
        {
            var similarity = ChunkSearch.Cosine(query, _vectors.AsSpan(at * _dimension, _dimension));
            ChunkSearch.Offer(best, new(similarity, _memoryKeys[at], _first[at], _last[at]));
        }

        return best;
    }

    private static long Size(int dimension, long count) => count * ((dimension * sizeof(float)) + BytesOfChunk);
}
