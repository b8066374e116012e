using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Lets those chunks through whose memory can still be among the nearest, judged by their codes alone.</summary>
/// <remarks>
/// A chunk is dropped only when as many other memories are surely nearer as are asked for, so that reading the vectors of
/// what is left gives the exact answer. The chunks of one memory must be offered one after the other.
/// </remarks>
internal ref struct ChunkPrefilter
{
    private readonly ReadOnlySpan<float> _query;
    private readonly int _top;
    private readonly PriorityQueue<long, float> _nearest; // the memories that are surely nearest; the least near first
    private readonly List<(long Key, float Most)> _left = [];
    private float _threshold = float.NegativeInfinity;
    private long _memory = long.MinValue;
    private float _least = float.NegativeInfinity;

    /// <summary>Starts with nothing.</summary>
    /// <param name="query">A vector of unit length.</param>
    /// <param name="top">How many memories are asked for.</param>
    public ChunkPrefilter(ReadOnlySpan<float> query, int top)
    {
        _query = query;
        _top = top;
        _nearest = new();
    }

    /// <summary>Judges a chunk.</summary>
    /// <param name="key">The chunk.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="code">Its code; passed over where it is of another dimension.</param>
    public void Offer(long key, long memory, ReadOnlySpan<byte> code)
    {
        if (code.Length != QuantizedVector.Size(_query.Length))
        {
            return;
        }

        if (memory != _memory)
        {
            EndMemory();
            _memory = memory;
        }

        var (least, most) = QuantizedVector.Bounds(_query, code);
        _least = Math.Max(_least, least);
        if (most >= _threshold)
        {
            _left.Add((key, most));
        }
    }

    /// <summary>Gets the keys of the chunks that are left, in the order in which they were offered.</summary>
    public List<long> Left()
    {
        EndMemory();
        var keys = new List<long>();
        foreach (var (key, most) in CollectionsMarshal.AsSpan(_left))
        {
            if (most >= _threshold)
            {
                keys.Add(key);
            }
        }

        return keys;
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
