using Recollect.Conversations;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Finds, page by page from the newest, the conversations that something was added to, and tells when all of them are read from their start.</summary>
/// <remarks>
/// A chat is new when it was made since the given moment or is listed before one that was: ids grow with time, and what was
/// brought in with an old date lies between new ones. For the same reason a page on which everything is older than a moment
/// proves that nothing younger follows.
/// </remarks>
/// <param name="since">Since when chats are new.</param>
/// <param name="window">The longest silence within a conversation.</param>
internal sealed class RecentChats(DateTimeOffset since, TimeSpan window)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5); // a clock may have been set back a little

    private readonly Dictionary<ThreadKey, RecentThread> _threads = [];
    private readonly List<RecentThread> _touched = [];
    private readonly List<(ChatRow Row, RecentThread? Thread)> _undecided = []; // seen since the last new one
    private DateTimeOffset _oldestPage = DateTimeOffset.MaxValue; // the newest chat of the oldest page without a new one

    /// <summary>Gets a value indicating whether nothing that is needed can follow.</summary>
    public bool IsComplete => _oldestPage < since
        && _touched.TrueForAll(thread => thread.HasEarlierConversation || thread.Start - _oldestPage > window + Margin);

    /// <summary>Gets the threads that something was added to.</summary>
    public IEnumerable<RecentThread> Touched => _touched;

    /// <summary>Adds a chat in the order of the pages.</summary>
    /// <param name="row">The chat.</param>
    /// <param name="thread">Its thread; null when none of its messages are read.</param>
    /// <returns>The chats that are now known to be new.</returns>
    public IReadOnlyList<ChatRow> Add(ChatRow row, SourceThread? thread)
    {
        var recent = thread is null ? null : ThreadOf(thread);
        recent?.Add(row);
        _undecided.Add((row, recent));
        if (row.CreatedAt < since)
        {
            return [];
        }

        foreach (var (one, its) in _undecided)
        {
            Touch(one, its);
        }

        ChatRow[] found = [.. _undecided.Select(one => one.Row)];
        _undecided.Clear();
        _oldestPage = DateTimeOffset.MaxValue;
        return found;
    }

    /// <summary>Ends a page.</summary>
    /// <param name="page">All its readable chats, also those that came before.</param>
    public void EndPage(IReadOnlyList<ChatRow> page)
    {
        if (page.Count > 0 && page.Max(row => row.CreatedAt) is var newest && newest < _oldestPage)
        {
            _oldestPage = newest;
        }
    }

    private RecentThread ThreadOf(SourceThread thread)
    {
        if (!_threads.TryGetValue(thread.Key, out var recent))
        {
            _threads.Add(thread.Key, recent = new(thread, window));
        }

        return recent;
    }

    private void Touch(ChatRow row, RecentThread? thread)
    {
        if (thread is null)
        {
            return;
        }

        if (!thread.IsTouched)
        {
            _touched.Add(thread);
        }

        thread.Touch(row);
    }
}
