using System.Globalization;
using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;

namespace Recollect.Runs;

/// <summary>Counts what becomes of each conversation of one run, so that the account closes whatever happens.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class RunLedger : IReadObserver
{
    private const int MaxNotices = 200;

    private readonly Lock _lock = new();
    private readonly Action<string>? _onNotice;
    private readonly Action<Conversation, string, string?>? _onAccount;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal);
    private readonly List<string> _notices = [];
    private readonly List<RunEntry> _entries = [];
    private ModelUsage _model;
    private EmbeddingUsage _embedding;
    private long _unverified;
    private long _fellBack;
    private long _read;
    private long _messages;
    private long _unreadable;
    private long _received;
    private volatile bool _unreachable;

    /// <summary>Initializes a new instance of the <see cref="RunLedger"/> class.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="onNotice">Is told every notice as it comes, also those that the report has no place for; null for nobody.</param>
    /// <param name="onAccount">Is told of every conversation that is accounted for, with its outcome and reason; null for nobody.</param>
    public RunLedger(string runId, Action<string>? onNotice = null, Action<Conversation, string, string?>? onAccount = null) =>
        (RunId, _onNotice, _onAccount) = (runId, onNotice, onAccount);

    /// <summary>Gets the run.</summary>
    public string RunId { get; }

    /// <summary>Gets a value indicating whether every part of the source could be opened.</summary>
    public bool SourceReachable => !_unreachable;

    /// <summary>Gets the number of items that could not be read.</summary>
    public long Unreadable => Interlocked.Read(ref _unreadable);

    /// <summary>Gets the number of conversations read so far.</summary>
    public long ConversationsRead => Interlocked.Read(ref _read);

    /// <summary>Gets the number of messages that the source gave so far, duplicates included.</summary>
    public long MessagesReceived => Interlocked.Read(ref _received);

    /// <summary>Gets the number of messages of the conversations read so far.</summary>
    public long MessagesRead => Interlocked.Read(ref _messages);

    /// <summary>Gets what became of the conversations so far: made or made again, still right, and failed.</summary>
    public (long Made, long Unchanged, long Failed) OutcomesSoFar
    {
        get
        {
            lock (_lock)
            {
                return (Of(Outcomes.Created) + Of(Outcomes.Updated), Of(Outcomes.Unchanged), _failed.Values.Sum());
            }
        }
    }

    /// <summary>Gets how far the source was read, and how much there is; in a unit of the source's own.</summary>
    public (long Done, long? Total) SourceProgress
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }

        private set
        {
            lock (_lock)
            {
                field = value;
            }
        }
    }

    /// <summary>Passes messages on and counts them.</summary>
    /// <param name="messages">The messages of the source.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<SourceMessage> CountAsync(IAsyncEnumerable<SourceMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            Interlocked.Increment(ref _received);
            yield return message;
        }
    }

    /// <summary>Notes that a conversation was read.</summary>
    /// <param name="conversation">The conversation.</param>
    public void Read(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        Interlocked.Increment(ref _read);
        Interlocked.Add(ref _messages, conversation.Messages.Count);
    }

    /// <summary>Notes what became of a conversation: exactly once for each that was read.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="outcome">One of <see cref="Outcomes"/>.</param>
    /// <param name="reason">Why it was skipped or failed; null otherwise.</param>
    public void Account(Conversation conversation, string outcome, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        _onAccount?.Invoke(conversation, outcome, reason);
        lock (_lock)
        {
            switch (outcome)
            {
                case Outcomes.Skipped:
                    Count(_skipped, reason ?? string.Empty);
                    break;
                case Outcomes.Failed:
                    Count(_failed, reason ?? string.Empty);
                    break;
                default:
                    Count(_counts, outcome);
                    break;
            }

            if (outcome is Outcomes.Created or Outcomes.Updated or Outcomes.Failed) // the journal grows with what changed, not with what is there
            {
                _entries.Add(new(RunId, conversation.Id, conversation.Owner.Tenant, conversation.Owner.User, outcome, reason));
            }
        }
    }

    /// <summary>Notes that memories do not stand any more and were removed.</summary>
    /// <param name="count">How many.</param>
    public void Retired(long count)
    {
        lock (_lock)
        {
            Count(_counts, Outcomes.Retired, count);
        }
    }

    /// <summary>Adds what a writer gave: its cost, what it left out because nothing bears it out, and a delivery where writing is one.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="isAgain">Whether other content of it was written before.</param>
    public void Wrote(WrittenMemory written, Conversation conversation, bool isAgain)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(conversation);
        Spent(written.Usage);
        Interlocked.Add(ref _unverified, written.Unverified);
        if (written.IsDelivered)
        {
            Delivered(succeeded: true);
            if (isAgain)
            {
                Notice($"Conversation {conversation.Id} has changed since it was sent; its new version was sent under a new key.");
            }
        }
    }

    /// <summary>Notes that a conversation is kept word for word, because its writer failed.</summary>
    public void FellBack() => Interlocked.Increment(ref _fellBack);

    /// <summary>Adds the cost of model calls.</summary>
    /// <param name="usage">The cost, failed calls included.</param>
    public void Spent(ModelUsage usage)
    {
        lock (_lock)
        {
            _model += usage;
        }
    }

    /// <summary>Adds the cost of embedding calls.</summary>
    /// <param name="usage">The cost, failed calls included.</param>
    public void Spent(EmbeddingUsage usage)
    {
        lock (_lock)
        {
            _embedding += usage;
        }
    }

    /// <summary>Notes a delivery.</summary>
    /// <param name="succeeded">Whether the receiver took it.</param>
    public void Delivered(bool succeeded)
    {
        lock (_lock)
        {
            Count(_counts, succeeded ? "deliveries_sent" : "deliveries_failed");
        }
    }

    /// <summary>Adds a plain sentence to the report. Only the first 200 are kept.</summary>
    /// <param name="notice">The sentence, without text of messages.</param>
    public void Notice(string notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.Any(char.IsControl)) // a name must not begin a line of its own
        {
            notice = string.Concat(notice.Select(character => char.IsControl(character) ? '\uFFFD' : character));
        }

        _onNotice?.Invoke(notice);
        lock (_lock)
        {
            if (_notices.Count < MaxNotices)
            {
                _notices.Add(notice);
            }
        }
    }

    /// <summary>Takes the outcomes that were not taken before, for the journal.</summary>
    /// <param name="atLeast">Takes nothing when there are fewer.</param>
    public IReadOnlyList<RunEntry> TakeEntries(int atLeast = 1)
    {
        lock (_lock)
        {
            if (_entries.Count < atLeast)
            {
                return [];
            }

            RunEntry[] taken = [.. _entries];
            _entries.Clear();
            return taken;
        }
    }

    /// <inheritdoc/>
    public void OnUnreadable(UnreadableItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Interlocked.Increment(ref _unreadable);
        Notice($"{item.Place}: {item.Reason}");
    }

    /// <summary>Notes that a message was left out because its thread has an earlier one of the same id.</summary>
    /// <param name="conflict">The message.</param>
    public void OnConflict(SourceMessage conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        OnUnreadable(new($"thread {conflict.Thread.Key.Thread}, message {conflict.Message.Id}", "the thread has an earlier message of the same id"));
    }

    /// <inheritdoc/>
    public void OnUnreachable(UnreadableItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _unreachable = true;
        Notice($"{item.Place}: {item.Reason}");
    }

    /// <inheritdoc/>
    public void OnNotice(string notice) => Notice(notice);

    /// <inheritdoc/>
    public void OnProgress(long done, long? total) => SourceProgress = (done, total);

    /// <summary>Makes the report of what was noted so far.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">How far the run got.</param>
    /// <param name="sourceComplete">Whether the source was read to its end.</param>
    /// <param name="elapsed">How long it took.</param>
    public RunReport ToReport(RunRequest request, RunStatus status, bool sourceComplete, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            return new()
            {
                RunId = RunId,
                Mode = request.Mode,
                Status = status,
                DryRun = request.DryRun,
                Read = ConversationsRead,
                Created = Of(Outcomes.Created),
                Updated = Of(Outcomes.Updated),
                Unchanged = Of(Outcomes.Unchanged),
                Skipped = new SortedDictionary<string, long>(_skipped, StringComparer.Ordinal),
                Failed = new SortedDictionary<string, long>(_failed, StringComparer.Ordinal),
                Retired = Of(Outcomes.Retired),
                Messages = MessagesRead,
                Unreadable = Unreadable,
                SourceComplete = sourceComplete,
                Model = _model,
                Embedding = _embedding,
                DeliveriesSent = Of("deliveries_sent"),
                DeliveriesFailed = Of("deliveries_failed"),
                Elapsed = elapsed,
                Notices = [.. UnverifiedNotice(), .. FallbackNotice(), .. _notices],
            };
        }
    }

    private IEnumerable<string> UnverifiedNotice()
    {
        var count = Interlocked.Read(ref _unverified);
        return count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"Statements and quotes that were left out because no message bears them out: {count:N0}.")];
    }

    private IEnumerable<string> FallbackNotice()
    {
        var count = Interlocked.Read(ref _fellBack);
        return count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"Conversations that are kept word for word, because the writer failed: {count:N0}.")];
    }

    private static void Count(Dictionary<string, long> counts, string key, long by = 1) =>
        counts[key] = counts.GetValueOrDefault(key) + by;

    private long Of(string key) => _counts.GetValueOrDefault(key);
}
