using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;
using Recollect.Memorize;
using Recollect.Memorize.Stores;
using Recollect.State;
using Recollect.Telemetry;

namespace Recollect.Work;

/// <summary>Finds the conversations that have gone quiet and have no up-to-date memory, and puts them on the work queue.</summary>
/// <remarks>
/// Safe to call concurrently, also from several processes: what one put on the queue the others do not. What was looked at is
/// not looked at again: the source is asked for what changed since, and the ledger of the state for what is not done.
/// </remarks>
public sealed partial class MemoryTrigger
{
    private const int BatchSize = 1_000;

    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1); // between noting a conversation and sending it

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5); // transactions under way, and clocks that differ

    private readonly ISource _source;
    private readonly IMemoryStore _store;
    private readonly IStateStore _state;
    private readonly IWorkQueue _queue;
    private readonly BatchRunner _runner;
    private readonly CallPlaces _places;
    private readonly string _sourceName;
    private readonly TimeSpan _quiet;
    private readonly WorkerOptions _worker;
    private readonly TimeProvider _time;
    private readonly ILogger<MemoryTrigger> _logger;

    internal MemoryTrigger(
        ISource source, IMemoryStore store, IStateStore state, IWorkQueue queue, BatchRunner runner, CallPlaces places,
        IOptions<SourceOptions> sources, IOptions<TriggerOptions> trigger, IOptions<WorkerOptions> worker, TimeProvider time, ILogger<MemoryTrigger> logger)
    {
        (_source, _store, _state, _queue, _runner, _places, _time, _logger) = (source, store, state, queue, runner, places, time, logger);
        (_sourceName, _quiet, _worker) = (sources.Value.Name, TriggerOptions.Read(trigger.Value.InactivityThreshold) ?? default, worker.Value);
    }

    private string Watermark => $"trigger:{_sourceName}";

    /// <summary>Puts the conversations on the queue that need a memory.</summary>
    /// <param name="most">How many at the most, those that waited longest first; null: all.</param>
    /// <param name="cancellationToken">Stops it; what is on the queue stays there.</param>
    /// <exception cref="ConfigurationException">The source has no conversations of its own.</exception>
    /// <exception cref="RecollectException">The source, the store, the state or the queue could not be reached; a later trigger goes on from there.</exception>
    public async Task<TriggerResult> TriggerAsync(int? most, CancellationToken cancellationToken)
    {
        var (threads, eligible) = await CollectAsync(most, cancellationToken);
        await SendAsync(threads, cancellationToken);
        LogTriggered(_logger, threads.Count, eligible);
        return new(threads.Count, eligible);
    }

    /// <summary>Makes the memories that are needed at once, without the queue.</summary>
    /// <param name="most">How many at the most, those that waited longest first; null: all.</param>
    /// <param name="cancellationToken">Stops it; what is made stays.</param>
    /// <returns>How many were worked on; those that failed are tried again later.</returns>
    /// <exception cref="ConfigurationException">The source has no conversations of its own.</exception>
    /// <exception cref="RecollectException">The source, the store or the state could not be reached; a later trigger goes on from there.</exception>
    public async Task<TriggerResult> TriggerAndMakeAsync(int? most, CancellationToken cancellationToken)
    {
        var (threads, eligible) = await CollectAsync(most, cancellationToken);
        var left = await MakeAsync(threads, cancellationToken);
        return new(threads.Count - left.Count, eligible);
    }

    /// <summary>Puts given conversations on the queue, whether they are quiet or not.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many were put there; those that wait already, or that were done as they are now, are not.</returns>
    /// <exception cref="RecollectException">The state or the queue could not be reached.</exception>
    public async Task<int> EnqueueAsync(IReadOnlyCollection<ListedConversation> conversations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        await PrepareAsync(cancellationToken);
        var taken = await NoteAndTakeAsync(await FilterNewAsync(conversations, cancellationToken), cancellationToken);
        await SendAsync(taken, cancellationToken);
        return taken.Count;
    }

    /// <summary>Makes the memories of given conversations at once, whether they are quiet or not.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops it; what is made stays.</param>
    /// <returns>How many were worked on; others are in the hands of a worker.</returns>
    /// <exception cref="RecollectException">The source, the store or the state could not be reached.</exception>
    public async Task<int> MakeAsync(IReadOnlyCollection<ListedConversation> conversations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        await PrepareAsync(cancellationToken);
        return conversations.Count - (await MakeAsync([.. conversations.Select(one => one.Thread.Thread)], cancellationToken)).Count;
    }

    /// <summary>Leaves those out that have an up-to-date memory.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="MemoryStoreException">The store could not be reached.</exception>
    public async ValueTask<IReadOnlyList<ListedConversation>> NeedingAsync(IReadOnlyCollection<ListedConversation> conversations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        await _store.InitializeAsync(cancellationToken);
        var stored = await _store.GetHeadersAsync([.. conversations.Select(one => one.Thread)], cancellationToken);
        var newest = stored.GroupBy(header => header.ThreadId, StringComparer.Ordinal)
            .ToDictionary(thread => thread.Key, thread => thread.Max(header => header.Fingerprint.SourceUpdatedAt), StringComparer.Ordinal);
        return [.. conversations.Where(one => !(newest.TryGetValue(one.Thread.Id, out var made) && made >= one.UpdatedAt))];
    }

    /// <summary>Gets the conversations of the source by its own ids, or of a user.</summary>
    /// <exception cref="ConfigurationException">The source has no conversations of its own.</exception>
    public IConversationListing Listing => _source as IConversationListing ?? throw new ConfigurationException(
        $"The source {_source.Name} cannot tell which conversations it has, so that none can be put on a queue; use the source postgres, or nightly runs.");

    /// <summary>Puts those on the queue whose pause after a failure is over, and those whose message must be lost.</summary>
    /// <param name="cancellationToken">Stops it; what was not sent is due again.</param>
    /// <exception cref="RecollectException">The store, the state or the queue could not be reached.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        await SendAsync(await TakeDueAsync(int.MaxValue, cancellationToken), cancellationToken);
    }

    /// <summary>Gets what needs work, those that are due again first, and has the ledger note it as sent.</summary>
    private async Task<(IReadOnlyList<string> Threads, int Eligible)> CollectAsync(int? most, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        List<string> threads = [.. await TakeDueAsync(most ?? int.MaxValue, cancellationToken)];
        var again = threads.Count;
        var eligible = await ScanAsync(most - again ?? int.MaxValue, threads, cancellationToken);
        return (threads, again + eligible);
    }

    /// <summary>Notes conversations, and takes those that nobody else has taken meanwhile. Should this process end before they are sent, they are due soon after.</summary>
    private async ValueTask<IReadOnlyList<string>> NoteAndTakeAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken)
    {
        await _state.Queued.NoteAsync(conversations, cancellationToken);
        return await _state.Queued.TakeAsync(_sourceName, [.. conversations.Select(one => one.Thread)], _time.GetUtcNow(), cancellationToken);
    }

    private ValueTask<IReadOnlyList<QueuedConversation>> FilterNewAsync(IEnumerable<ListedConversation> conversations, CancellationToken cancellationToken)
    {
        var due = _time.GetUtcNow() + Grace;
        return _state.Queued.FilterNewAsync([.. conversations.Select(one => Queued(one, due))], cancellationToken);
    }

    private async Task<IReadOnlyList<string>> TakeDueAsync(int most, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return most == 0 ? [] : await _state.Queued.TakeDueAsync(_sourceName, now, now - _worker.ResendAfter, most, cancellationToken);
    }

    /// <summary>Works on conversations that the ledger has as sent; gives those that are in the hands of others.</summary>
    private async Task<IReadOnlyCollection<string>> MakeAsync(IReadOnlyList<string> threads, CancellationToken cancellationToken)
    {
        var left = new HashSet<string>(threads, StringComparer.Ordinal);
        try
        {
            foreach (var batch in threads.Chunk(Math.Max(_worker.BatchSize, _places.Conversations * 4)))
            {
                var result = await _runner.RunAsync(batch, CancellationToken.None, cancellationToken);
                left.ExceptWith(batch.Except(result.Left, StringComparer.Ordinal));
            }

            return left;
        }
        finally
        {
            await _state.Queued.UnsendAsync(_sourceName, left, CancellationToken.None); // whoever has them finishes them, else they are due again
        }
    }

    /// <summary>Sends conversations that the ledger has as sent.</summary>
    /// <param name="threads">Their ids.</param>
    /// <param name="cancellationToken">Stops it; what was not sent is due again.</param>
    private async Task SendAsync(IReadOnlyList<string> threads, CancellationToken cancellationToken)
    {
        var open = new HashSet<string>(threads, StringComparer.Ordinal);
        using var span = threads.Count == 0 ? null : Tracing.Begin(TelemetryNames.SpanTrigger, ActivityKind.Producer);
        span?.Tag(TelemetryNames.TagQueue, _queue.Name);
        span?.Tag(TelemetryNames.TagConversations, threads.Count);
        try
        {
            foreach (var (body, conversations) in TaskMessage.Write(threads, await _queue.GetMaxBytesAsync(cancellationToken)))
            {
                await _queue.SendAsync(new(body) { TraceParent = span?.Id ?? Tracing.RecordedId }, cancellationToken);
                open.ExceptWith(conversations);
            }
        }
        catch (Exception ex)
        {
            span?.Fail(ex);
            throw;
        }
        finally
        {
            if (open.Count > 0)
            {
                await _state.Queued.UnsendAsync(_sourceName, open, CancellationToken.None);
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _store.InitializeAsync(cancellationToken);
        await _state.InitializeAsync(cancellationToken);
    }

    /// <summary>Looks at what changed since the last time, up to what is quiet now, and takes what needs a memory.</summary>
    /// <param name="most">How many to take at the most.</param>
    /// <param name="threads">Gets the ids of those taken.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many need one.</returns>
    private async Task<int> ScanAsync(int most, List<string> threads, CancellationToken cancellationToken)
    {
        var until = _time.GetUtcNow() - _quiet;
        var since = await _state.Watermarks.GetAsync(Watermark, cancellationToken) - Margin;
        var (noted, eligible) = (0, 0);
        DateTimeOffset? last = null;
        await foreach (var some in Listing.ListAsync(since, until, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            var fresh = await FilterNewAsync(await NeedingAsync(some, cancellationToken), cancellationToken);
            QueuedConversation[] mine = [.. fresh.Take(most - noted)];
            threads.AddRange(await NoteAndTakeAsync(mine, cancellationToken));
            noted += mine.Length;
            eligible += fresh.Count;
            last = noted == eligible ? some[^1].UpdatedAt : last; // nothing was left out so far
        }

        if ((noted == eligible ? until : last) is { } moment)
        {
            await _state.Watermarks.AdvanceAsync(Watermark, moment, cancellationToken);
            await _state.Queued.DropDoneAsync(_sourceName, moment - Margin - Margin, cancellationToken);
        }

        return eligible;
    }

    private QueuedConversation Queued(ListedConversation conversation, DateTimeOffset due) => new()
    {
        Source = _sourceName,
        Thread = conversation.Thread.Thread,
        Tenant = conversation.Thread.Owner.Tenant,
        User = conversation.Thread.Owner.User,
        UpdatedAt = conversation.UpdatedAt,
        DueAt = due,
    };

    [LoggerMessage(30001, LogLevel.Information, "Put {Queued} of {Eligible} conversations that need a memory on the queue")]
    private static partial void LogTriggered(ILogger logger, int queued, int eligible);
}
