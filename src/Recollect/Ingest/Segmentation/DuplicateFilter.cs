using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>
/// Lets each message id of a thread through once. Of messages with one id and one instant the last in the order stands
/// (an edit); of messages with one id and different instants the first stands and the others are told.
/// </summary>
internal sealed class DuplicateFilter
{
    private const int KeptCapacity = 4_096; // clearing a larger set for each small thread would cost more than a new one

    private HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<Message> _instant = [];
    private readonly Dictionary<string, int> _placeOfId = new(StringComparer.Ordinal);

    /// <summary>Gets the messages without duplicates, in the same order.</summary>
    /// <param name="messages">The messages of one thread partition, in order.</param>
    /// <param name="onConflict">Is told of a message that another of the same id, at another time, keeps out.</param>
    public IEnumerable<Message> Apply(IEnumerable<Message> messages, Action<Message> onConflict)
    {
        Reset();
        foreach (var message in messages)
        {
            if (_instant.Count > 0 && _instant[^1].SentAt != message.SentAt)
            {
                foreach (var kept in TakeInstant(onConflict))
                {
                    yield return kept;
                }

                _instant.Clear();
            }

            _instant.Add(message);
        }

        foreach (var kept in TakeInstant(onConflict))
        {
            yield return kept;
        }
    }

    private void Reset()
    {
        _instant.Clear();
        _seen.Clear();
        if (_seen.EnsureCapacity(0) > KeptCapacity)
        {
            _seen = new(StringComparer.Ordinal);
        }
    }

    private List<Message> TakeInstant(Action<Message> onConflict)
    {
        if (_instant.Count == 1 && _seen.Add(_instant[0].Id))
        {
            return _instant;
        }

        var kept = new List<Message>(_instant.Count);
        _placeOfId.Clear();
        foreach (var message in _instant)
        {
            if (_placeOfId.TryGetValue(message.Id, out var place))
            {
                kept[place] = message;
            }
            else if (_seen.Add(message.Id))
            {
                _placeOfId.Add(message.Id, kept.Count);
                kept.Add(message);
            }
            else
            {
                onConflict(message);
            }
        }

        return kept;
    }
}
