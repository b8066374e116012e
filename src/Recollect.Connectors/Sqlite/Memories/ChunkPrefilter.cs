namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Lets those chunks through whose memory can still be among the nearest, judged by their codes alone.</summary>
/// <remarks>
/// A chunk is dropped only when as many other memories are surely nearer as are asked for, so that reading the vectors of
/// what is left gives the exact answer. The chunks of one memory must be offered one after the other.
/// </remarks>
internal ref struct ChunkPrefilter
{
    private readonly int _top;
    private readonly PriorityQueue<long, float> _nearest; // the memories that are surely nearest; the least near first
    private readonly PooledList<FoundChunk> _left;
    private float _threshold = float.NegativeInfinity;
    private long _memory = long.MinValue;
    private float _least = float.NegativeInfinity;

    /// <summary>Starts with nothing.</summary>
    /// <param name="top">How many memories are asked for.</param>
    /// <param name="left">Takes the chunks that are left; empty.</param>
    public ChunkPrefilter(int top, PooledList<FoundChunk> left)
    {
        _top = top;
        _left = left;
        _nearest = new();
    }

    /// <summary>Judges a chunk.</summary>
    /// <param name="key">The chunk.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="bounds">What its code tells.</param>
    public void Offer(long key, long memory, CodeBounds bounds)
    {
        if (memory != _memory)
        {
            EndMemory();
            _memory = memory;
        }

        _least = Math.Max(_least, bounds.Least);
        if (bounds.Most >= _threshold)
        {
            _left.Add(new(key, memory, bounds));
        }
    }

    /// <summary>Leaves those of all chunks that can still be among the nearest, in the order in which they were offered.</summary>
    public void End()
    {
        EndMemory();
        var kept = 0;
        foreach (var chunk in _left.Span)
        {
            if (chunk.Bounds.Most >= _threshold)
            {
                _left.Items[kept++] = chunk;
            }
        }

        _left.Cut(kept);
    }

    private void EndMemory()
    {
        if (_least > _threshold)
        {
            if (_nearest.Count < _top)
            {
                _nearest.Enqueue(_memory, _least);
            }
            else
            {
                _nearest.EnqueueDequeue(_memory, _least);
            }

            if (_nearest.Count == _top && _nearest.TryPeek(out _, out var lowest))
            {
                _threshold = lowest;
            }
        }

        _least = float.NegativeInfinity;
    }
}
