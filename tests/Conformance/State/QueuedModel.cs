using Recollect.State;

namespace Recollect.Conformance.State;

/// <summary>What <see cref="IQueuedConversations"/> says, in the plainest way: one source, in memory, for one caller.</summary>
internal sealed class QueuedModel
{
    private readonly Dictionary<string, (QueuedConversation Last, DateTimeOffset? SentAt, bool IsDone)> _known = new(StringComparer.Ordinal);

    public QueuedCount Count => new(_known.Values.Count(one => !one.IsDone), _known.Values.Where(one => !one.IsDone).Min(one => one.SentAt));

    public void Note(QueuedConversation one)
    {
        if (!_known.TryGetValue(one.Thread, out var known) || (known.IsDone && one.UpdatedAt > known.Last.UpdatedAt))
        {
            _known[one.Thread] = (one, null, false);
        }
        else if (!known.IsDone)
        {
            var due = one.DueAt < known.Last.DueAt ? one.DueAt : known.Last.DueAt;
            _known[one.Thread] = (Later(known.Last, one) with { DueAt = due }, known.SentAt, false);
        }
    }

    public string[] TakeDue(DateTimeOffset now, DateTimeOffset resendBefore, int top)
    {
        string[] taken = [.. _known
            .Where(pair => !pair.Value.IsDone && pair.Value.Last.DueAt <= now && (pair.Value.SentAt is null || pair.Value.SentAt < resendBefore))
            .OrderBy(pair => pair.Value.Last.DueAt).ThenBy(pair => pair.Value.Last.UpdatedAt).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(top)
            .Select(pair => pair.Key)];
        foreach (var thread in taken)
        {
            _known[thread] = _known[thread] with { SentAt = now };
        }

        return taken;
    }

    public void Unsend(string thread)
    {
        if (_known.TryGetValue(thread, out var known) && !known.IsDone)
        {
            _known[thread] = known with { SentAt = null };
        }
    }

    public void Postpone(QueuedConversation one)
    {
        if (!_known.TryGetValue(one.Thread, out var known))
        {
            _known[one.Thread] = (one, null, false);
        }
        else if (!known.IsDone || one.UpdatedAt > known.Last.UpdatedAt)
        {
            _known[one.Thread] = (Later(known.Last, one) with { DueAt = one.DueAt }, null, false);
        }
    }

    public void Finish(QueuedConversation one)
    {
        if (!_known.TryGetValue(one.Thread, out var known))
        {
            _known[one.Thread] = (one, null, true);
        }
        else
        {
            _known[one.Thread] = (Later(known.Last, one) with { DueAt = known.Last.DueAt }, null, known.IsDone || one.UpdatedAt >= known.Last.UpdatedAt);
        }
    }

    public void DropDone(DateTimeOffset before)
    {
        foreach (var thread in _known.Where(pair => pair.Value.IsDone && pair.Value.Last.UpdatedAt < before).Select(pair => pair.Key).ToArray())
        {
            _known.Remove(thread);
        }
    }

    private static QueuedConversation Later(QueuedConversation known, QueuedConversation given) => given.UpdatedAt > known.UpdatedAt ? given : known;
}
