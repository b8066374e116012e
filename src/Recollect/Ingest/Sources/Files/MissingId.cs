using System.Globalization;
using System.Runtime.InteropServices;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>
/// Gives messages without an id one that says what they are: a hash of thread, role, sent-at, text and occurrence.
/// Occurrences are counted anew in each file, so that exports which overlap give equal ids.
/// </summary>
internal sealed class MissingId : IDisposable
{
    private const int IdBytes = 16;
    private const int WindowSize = 64 * 1024;

    private readonly StableHash _hash = new();
    private readonly Dictionary<UInt128, Seen> _seen = [];
    private readonly Queue<(UInt128 Key, long At)> _window = new();
    private long _count;

    /// <summary>Gets the id of the next message of the file.</summary>
    /// <param name="thread">Its thread.</param>
    /// <param name="role">Its role.</param>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="text">Its text.</param>
    public string Next(SourceThread thread, string role, DateTimeOffset sentAt, string text)
    {
        _hash.Add(thread.Key.Thread);
        _hash.Add(role);
        _hash.Add(sentAt.UtcTicks);
        _hash.Add(text);
        var id = _hash.Finish(IdBytes);
        var occurrence = Count(new UInt128(Half(thread.Key.Id), Half(id)));
        if (occurrence == 0)
        {
            return id;
        }

        _hash.Add(id);
        _hash.Add(occurrence);
        return _hash.Finish(IdBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static ulong Half(string id) => ulong.Parse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private long Count(UInt128 key)
    {
        if (_window.Count == WindowSize)
        {
            var (oldest, at) = _window.Dequeue();
            if (_seen.TryGetValue(oldest, out var last) && last.At == at)
            {
                _seen.Remove(oldest);
            }
        }

        _count++;
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, key, out var exists);
        seen = new Seen(exists ? seen.Occurrence + 1 : 0, _count);
        _window.Enqueue((key, _count));
        return seen.Occurrence;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Seen(long Occurrence, long At);
}
