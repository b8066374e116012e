using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Ingest.Sources;
using Recollect.State;

namespace Recollect.Runs;

/// <summary>One run under way: what was asked, what is known from before, and the account.</summary>
internal sealed class Run(RunRequest request, RunRecord record, RunLedger ledger)
{
    private int _made;
    private int _storeFailuresInARow;

    public RunRequest Request => request;

    /// <summary>Gets the run as the journal has it; <see cref="RunRecord.StartedAt"/> is "now" for the whole run.</summary>
    public RunRecord Record => record;

    public RunLedger Ledger => ledger;

    /// <summary>Gets what the source is asked for.</summary>
    public required ReadRequest Reading { get; init; }

    /// <summary>Gets the users that were forgotten, by tenant and user.</summary>
    public required IReadOnlyDictionary<(string Tenant, string User), DateTimeOffset> Forgotten { get; init; }

    /// <summary>Gets what people did to memories by hand.</summary>
    public EditBook Edits { get; init; } = EditBook.Empty;

    /// <summary>Gets the ids of pending conversations, and of those that the caller named, that were not seen so far.</summary>
    public required HashSet<string> Unseen { get; init; }

    /// <summary>Gets the ids that stand after this run, when vanished ones are to be retired; null otherwise.</summary>
    public HashSet<string>? Kept { get; } = request.Prune ? new(StringComparer.Ordinal) : null;

    /// <summary>Gets or sets a value indicating whether every message of the source was given and grouped.</summary>
    public bool ReadToEnd { get; set; }

    /// <summary>Gets a value indicating whether the run read its source completely.</summary>
    public bool SourceComplete => ReadToEnd && ledger.SourceReachable;

    /// <summary>Takes one of the places that <c>--limit</c> leaves; false when there is none.</summary>
    public bool TryTakePlace() => request.Limit is not int limit || Interlocked.Increment(ref _made) <= limit;

    /// <summary>Notes that a conversation is there.</summary>
    public void Saw(Conversation conversation) => Unseen.Remove(conversation.Id);

    /// <summary>Notes that the store took a memory.</summary>
    public void StoreTook() => Interlocked.Exchange(ref _storeFailuresInARow, 0);

    /// <summary>Notes that the store refused a memory; gives how often in a row it did.</summary>
    public int StoreRefused() => Interlocked.Increment(ref _storeFailuresInARow);

    /// <summary>Takes away what was forgotten, with its user or by itself; null when nothing is left.</summary>
    public Conversation? WithoutForgotten(Conversation conversation) =>
        (Forgotten.TryGetValue((conversation.Owner.Tenant, conversation.Owner.User), out var moment) ? conversation.After(moment) : conversation) is { } rest
            ? Edits.WithoutForgotten(rest) : null;

    /// <summary>Tells whether a retry is about this conversation.</summary>
    public bool IsRequested(Conversation conversation, PendingConversation? pending) =>
        request.Mode != RunMode.Retry
        || (request.Conversations.Count > 0
            ? request.Conversations.Contains(conversation.Id, StringComparer.Ordinal)
            : pending is { Status: not PendingStatus.Open });
}
