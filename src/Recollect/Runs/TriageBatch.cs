using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.State;

namespace Recollect.Runs;

/// <summary>Some conversations in a row, with what is known of them from before, and what is to be noted of them.</summary>
internal sealed class TriageBatch
{
    private readonly Dictionary<string, ThreadMemories> _stored;
    private readonly Dictionary<string, PendingConversation> _pending;
    private readonly string _lastThread;

    /// <param name="conversations">The conversations, thread by thread.</param>
    /// <param name="stored">What is stored of their threads.</param>
    /// <param name="pending">Those of them that are not done.</param>
    /// <param name="current">The conversations that are, or are to be, memories: of the batch and of the thread that it goes on with.</param>
    public TriageBatch(
        IReadOnlyList<Conversation> conversations, Dictionary<string, ThreadMemories> stored, IEnumerable<PendingConversation> pending, HashSet<string> current)
    {
        (Conversations, _stored, Current) = (conversations, stored, current);
        _pending = pending.ToDictionary(one => one.ConversationId, StringComparer.Ordinal);
        _lastThread = conversations.Count > 0 ? conversations[^1].Thread.Id : string.Empty;
    }

    /// <summary>Gets what is known before the first batch: nothing.</summary>
    public static TriageBatch Empty => new([], new(StringComparer.Ordinal), [], new(StringComparer.Ordinal));

    public IReadOnlyList<Conversation> Conversations { get; }

    public HashSet<string> Current { get; }

    /// <summary>Gets the conversations that were found to be open, to be noted.</summary>
    public List<PendingConversation> Opened { get; } = [];

    /// <summary>Gets the ids of conversations that are not pending any more, to be noted.</summary>
    public List<string> Closed { get; } = [];

    /// <summary>Gets the ids of conversations of which nothing is to be made, so that nothing paid for needs to be kept.</summary>
    public List<string> Settled { get; } = [];

    public ThreadMemories StoredOf(Conversation conversation) => _stored.GetValueOrDefault(conversation.Thread.Id, ThreadMemories.None);

    public PendingConversation? PendingOf(Conversation conversation) => _pending.GetValueOrDefault(conversation.Id);

    /// <summary>Tells whether the next batch goes on with the last thread of this one, and gives what is known of it.</summary>
    public (ThreadMemories Stored, HashSet<string> Current)? GoesOn(string thread) =>
        string.Equals(thread, _lastThread, StringComparison.Ordinal) ? (_stored.GetValueOrDefault(thread, ThreadMemories.None), Current) : null;
}
