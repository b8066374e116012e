using System.Buffers;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>A list whose array is borrowed and given back: a search that leaves large arrays behind has the collector look through all of memory every few questions.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>One thread at a time adds; several may write to <see cref="Items"/> at different places.</remarks>
internal sealed class PooledList<T> : IDisposable
    where T : struct
{
    private const int FirstRoom = 256;

    /// <summary>Gets the array, longer than the list; another one after something was added.</summary>
    public T[] Items { get; private set; } = [];

    /// <summary>Gets the number of items.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the items, until something is added.</summary>
    public Span<T> Span => Items.AsSpan(0, Count);

    /// <summary>Adds an item.</summary>
    public void Add(T item)
    {
        if (Count == Items.Length)
        {
            Grow(Count + 1);
        }

        Items[Count++] = item;
    }

    /// <summary>Adds items that are still to be written; until then they hold anything.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The place of the first.</returns>
    public int AddUnwritten(int count)
    {
        if (count > Items.Length - Count)
        {
            Grow(Count + count);
        }

        Count += count;
        return Count - count;
    }

    /// <summary>Keeps the first items only.</summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    public void Cut(int count) => Count = count;

    /// <summary>Gives the array back. The list is empty then.</summary>
    public void Dispose()
    {
        Return();
        (Items, Count) = ([], 0);
    }

    private void Grow(int room)
    {
        var items = ArrayPool<T>.Shared.Rent(Math.Max(room, Math.Max(FirstRoom, 2 * Items.Length)));
        Span.CopyTo(items);
        Return();
        Items = items;
    }

    private void Return()
    {
        if (Items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(Items);
        }
    }
}
