using System.Collections.Concurrent;

namespace Recollect.Connectors.Chroma;

/// <summary>Remembers in which collection a memory was last seen, so that what was just found or listed is read without looking everywhere.</summary>
/// <remarks>Safe to use concurrently. What it says may be out of date.</remarks>
internal sealed class Places
{
    private const int Most = 200_000;

    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private int _count; // of what was added since it was last emptied

    /// <summary>Gets the name of the collection; null where none is remembered.</summary>
    public string? Find(string memory) => _places.GetValueOrDefault(memory);

    /// <summary>Remembers a collection.</summary>
    public void Remember(string memory, string collection)
    {
        if (_places.TryAdd(memory, collection))
        {
            if (Interlocked.Increment(ref _count) > Most)
            {
                Interlocked.Exchange(ref _count, 0);
                _places.Clear();
            }
        }
        else
        {
            _places[memory] = collection;
        }
    }

    /// <summary>Forgets a memory.</summary>
    public void Forget(string memory) => _places.TryRemove(memory, out _);
}
