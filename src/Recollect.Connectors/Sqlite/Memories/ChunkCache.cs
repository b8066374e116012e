namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Keeps the codes of partitions that are searched again and again; the least recently searched go first.</summary>
/// <remarks>Safe to use concurrently. A block is used only at the version of the partition that it was read at, whoever changed it.</remarks>
internal sealed class ChunkCache
{
    /// <summary>How much memory all blocks may take.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private const int MaxNotes = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(long Partition, int Dimension), LinkedListNode<((long Partition, int Dimension) Key, ChunkBlock Block)>> _blocks = [];
    private readonly LinkedList<((long Partition, int Dimension) Key, ChunkBlock Block)> _byUse = [];
    private readonly Dictionary<(long Partition, int Dimension), long> _asked = [];
    private long _bytes;

    /// <summary>Gets the codes of a partition where they are kept, or where they were asked for at this version before.</summary>
    /// <param name="session">The reading session, which sees the partition's version.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="dimension">The dimension.</param>
    /// <returns>Null for one that is asked for the first time, so that a process that asks once copies nothing.</returns>
    public ChunkBlock? Get(SqliteSession session, Partition partition, int dimension)
    {
        var key = (partition.Id, dimension);
        lock (_lock)
        {
            if (_blocks.TryGetValue(key, out var node))
            {
                if (node.Value.Block.Version == partition.Version)
                {
                    _byUse.Remove(node);
                    _byUse.AddFirst(node);
                    return node.Value.Block;
                }

                Drop(node);
            }

            if (!_asked.Remove(key, out var version) || version != partition.Version)
            {
                NoteAsked(key, partition.Version);
                return null;
            }
        }

        var block = ChunkBlock.Load(session, partition, dimension, MaxBytes);
        if (block is not null)
        {
            Keep(key, block);
        }

        return block;
    }

    private void NoteAsked((long Partition, int Dimension) key, long version)
    {
        if (_asked.Count >= MaxNotes)
        {
            _asked.Clear();
        }

        _asked[key] = version;
    }

    private void Keep((long Partition, int Dimension) key, ChunkBlock block)
    {
        lock (_lock)
        {
            if (_blocks.TryGetValue(key, out var old))
            {
                Drop(old);
            }

            _blocks.Add(key, _byUse.AddFirst((key, block)));
            _bytes += block.Bytes;
            while (_bytes > MaxBytes)
            {
                Drop(_byUse.Last!);
            }
        }
    }

    private void Drop(LinkedListNode<((long Partition, int Dimension) Key, ChunkBlock Block)> node)
    {
        _byUse.Remove(node);
        _blocks.Remove(node.Value.Key);
        _bytes -= node.Value.Block.Bytes;
    }
}
