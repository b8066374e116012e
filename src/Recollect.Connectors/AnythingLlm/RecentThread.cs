using Recollect.Conversations;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>The chats of one thread that were read so far, and how far back they are needed.</summary>
/// <param name="thread">The thread.</param>
/// <param name="window">The longest silence within a conversation.</param>
internal sealed class RecentThread(SourceThread thread, TimeSpan window)
{
    private static readonly IComparer<ChatRow> NewestFirst = Comparer<ChatRow>.Create(static (x, y) =>
        y.CreatedAt != x.CreatedAt ? y.CreatedAt.CompareTo(x.CreatedAt) : y.Id.CompareTo(x.Id));

    private readonly List<ChatRow> _rows = [];
    private int _needed;

    /// <summary>Gets the thread.</summary>
    public SourceThread Thread => thread;

    /// <summary>Gets a value indicating whether anything of the thread is needed.</summary>
    public bool IsTouched => _needed > 0;

    /// <summary>Gets when the earliest conversation that is needed started, as far as is known.</summary>
    public DateTimeOffset Start => _rows[_needed - 1].CreatedAt;

    /// <summary>Gets a value indicating whether an earlier conversation of the thread was seen, so that <see cref="Start"/> is true.</summary>
    public bool HasEarlierConversation => _needed < _rows.Count;

    /// <summary>Gets the chats that are needed, newest first.</summary>
    public IEnumerable<ChatRow> Needed => _rows.Take(_needed);

    /// <summary>Adds a chat that was read.</summary>
    public void Add(ChatRow row)
    {
        var at = ~_rows.BinarySearch(row, NewestFirst);
        _rows.Insert(at, row);
        if (at < _needed)
        {
            _needed++;
        }

        Extend();
    }

    /// <summary>Needs a chat that was added, and all of its conversation.</summary>
    public void Touch(ChatRow row)
    {
        _needed = Math.Max(_needed, _rows.BinarySearch(row, NewestFirst) + 1);
        Extend();
    }

    private void Extend()
    {
        while (_needed > 0 && _needed < _rows.Count && _rows[_needed - 1].CreatedAt - _rows[_needed].CreatedAt <= window)
        {
            _needed++;
        }
    }
}
