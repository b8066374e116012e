using System.Runtime.InteropServices;

namespace Recollect.Memorize.Embedding.Local;

/// <summary>Counts the distinct terms of one text after another, keeping its memory.</summary>
/// <remarks>An open-addressing table; clearing costs as much as the text had terms. Not safe to share between threads.</remarks>
internal sealed class TermCounts
{
    private readonly List<Entry> _entries = new(256);
    private int[] _slots = new int[1_024];
    private char[] _characters = new char[2_048];
    private int _used;

    /// <summary>Gets the number of distinct terms.</summary>
    internal int Count => _entries.Count;

    /// <summary>Counts a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="hash">Its hash; two terms of the same hash count as one.</param>
    /// <param name="weight">What one occurrence weighs; that of the first occurrence is kept.</param>
    internal void Add(ReadOnlySpan<char> term, ulong hash, float weight)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            var at = _slots[slot] - 1;
            if (_entries[at].Hash == hash)
            {
                _entries[at] = _entries[at] with { Occurrences = _entries[at].Occurrences + 1 };
                return;
            }

            slot = (slot + 1) & mask;
        }

        Keep(term);
        _entries.Add(new Entry(hash, _used - term.Length, term.Length, 1, weight));
        _slots[slot] = _entries.Count;
        if (_entries.Count * 2 > _slots.Length)
        {
            Rehash(_slots.Length * 2);
        }
    }

    /// <summary>Gets a term, in order of first occurrence.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="weight">Its weight times 1 + ln(occurrences).</param>
    /// <returns>The term; valid until the next change.</returns>
    internal ReadOnlySpan<char> Get(int index, out ulong hash, out float weight)
    {
        var entry = _entries[index];
        hash = entry.Hash;
        weight = entry.Occurrences == 1 ? entry.Weight : entry.Weight * (1 + MathF.Log(entry.Occurrences));
        return _characters.AsSpan(entry.Start, entry.Length);
    }

    /// <summary>Forgets all terms.</summary>
    internal void Clear()
    {
        Array.Clear(_slots);
        _entries.Clear();
        _used = 0;
        if (_slots.Length > 65_536)
        {
            _slots = new int[1_024];
        }
    }

    private void Keep(ReadOnlySpan<char> term)
    {
        if (_used + term.Length > _characters.Length)
        {
            Array.Resize(ref _characters, _characters.Length * 2);
        }

        term.CopyTo(_characters.AsSpan(_used));
        _used += term.Length;
    }

    private void Rehash(int length)
    {
        _slots = new int[length];
        for (var i = 0; i < _entries.Count; i++)
        {
            var slot = (int)_entries[i].Hash & (length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (length - 1);
            }

            _slots[slot] = i + 1;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(ulong Hash, int Start, int Length, int Occurrences, float Weight);
}
