using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Runs;
using Recollect.State;

namespace Recollect.Work;

/// <summary>Makes the memories of named conversations that nobody else is working on, and notes in the ledger what became of each.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class BatchRunner(
    MemoryPipeline pipeline, IStateStore state, ClaimHolder holders, IOptions<SourceOptions> source, IOptions<WorkerOptions> options, TimeProvider time, ILogger<BatchRunner> logger)
{
    private readonly string _source = source.Value.Name;

    /// <summary>Works on the conversations that can be claimed.</summary>
    /// <param name="threads">The source's own ids.</param>
    /// <param name="stopping">Ends the work early: those in hand are finished, no other is begun.</param>
    /// <param name="cancellationToken">Rolls back those in hand.</param>
    /// <exception cref="RecollectException">The source, the store or the state could not be reached. What was made stays.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<BatchResult> RunAsync(IReadOnlyCollection<string> threads, CancellationToken stopping, CancellationToken cancellationToken)
    {
        await state.InitializeAsync(cancellationToken);
        var holder = holders.Next();
        var claimed = await state.Claims.ClaimAsync(_source, threads, holder, options.Value.Claim, cancellationToken);
        if (claimed.Count == 0)
        {
            return new(0, 0, threads);
        }

        try
        {
            var outcomes = await WorkAsync(claimed, holder, stopping, cancellationToken);
            return new(
                outcomes.Values.Count(outcome => outcome.Kind is Outcomes.Created or Outcomes.Updated),
                outcomes.Values.Count(outcome => outcome.Kind is Outcomes.Failed),
                [.. threads.Where(thread => !outcomes.ContainsKey(thread))]);
        }
        finally
        {
            await state.Claims.ReleaseAsync(_source, claimed, holder, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyDictionary<string, ThreadOutcome>> WorkAsync(IReadOnlyCollection<string> claimed, string holder, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var outcomes = new ConcurrentDictionary<string, ThreadOutcome>(StringComparer.Ordinal);
        try
        {
            await using var heartbeat = ClaimHeartbeat.Start(state.Claims, holder, claimed.Count, options.Value.Claim, time, logger, cancellationToken);
            var request = new RunRequest
            {
                Mode = RunMode.Batch,
                Threads = claimed,
                Label = holder,
                IncludeOpen = true, // whoever sent the message has decided that it is time
                Stopping = stopping,
                OnAccount = (conversation, kind, reason) => outcomes[conversation.Thread.Thread] = new(conversation, kind, reason),
            };
            var report = await pipeline.RunAsync(request, progress: null, heartbeat.Lost);
            if (report.Status == RunStatus.Completed && report.SourceComplete)
            {
                NoteVanished(claimed, outcomes);
            }
        }
        finally
        {
            foreach (var (thread, _) in outcomes.Where(one => one.Value.Reason is SkipReasons.Cancelled))
            {
                outcomes.TryRemove(thread, out _);
            }

            await RecordAsync(outcomes, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return outcomes;
    }

    /// <summary>What the source does not have, or has no message of, is done.</summary>
    private static void NoteVanished(IReadOnlyCollection<string> claimed, ConcurrentDictionary<string, ThreadOutcome> outcomes)
    {
        foreach (var thread in claimed)
        {
            outcomes.TryAdd(thread, new(Conversation: null, Outcomes.Skipped, Reason: null));
        }
    }

    private async ValueTask RecordAsync(IReadOnlyDictionary<string, ThreadOutcome> outcomes, CancellationToken cancellationToken)
    {
        var failed = outcomes.Where(one => one.Value.Kind is Outcomes.Failed).ToDictionary(one => one.Value.Conversation!.Id, one => one.Key, StringComparer.Ordinal);
        var pending = failed.Count == 0 ? [] : await state.Pending.GetAsync(failed.Keys, cancellationToken);
        var again = pending.Where(one => one.Status == PendingStatus.Failed).ToDictionary(one => failed[one.ConversationId], one => one.NextTryAt, StringComparer.Ordinal);
        List<QueuedConversation> done = [];
        List<QueuedConversation> postponed = [];
        foreach (var (thread, outcome) in outcomes.Where(one => one.Value.Reason is not SkipReasons.Forgotten)) // nothing is kept of the forgotten
        {
            if (again.TryGetValue(thread, out var next))
            {
                postponed.Add(Queued(thread, outcome, next ?? time.GetUtcNow()));
            }
            else
            {
                done.Add(Queued(thread, outcome, due: default));
            }
        }

        await state.Queued.PostponeAsync(postponed, cancellationToken);
        await state.Queued.FinishAsync(done, cancellationToken);
    }

    private QueuedConversation Queued(string thread, ThreadOutcome outcome, DateTimeOffset due) => new()
    {
        Source = _source,
        Thread = thread,
        Tenant = outcome.Conversation?.Owner.Tenant ?? Owner.DefaultTenant,
        User = outcome.Conversation?.Owner.User ?? Owner.DefaultUser,
        UpdatedAt = outcome.Conversation?.SourceUpdatedAt ?? time.GetUtcNow(),
        DueAt = due,
    };

    /// <summary>What became of a conversation.</summary>
    /// <param name="Conversation">The conversation; null where the source has none.</param>
    /// <param name="Kind">One of <see cref="Outcomes"/>.</param>
    /// <param name="Reason">Why it was skipped or failed; null otherwise.</param>
    private sealed record ThreadOutcome(Conversation? Conversation, string Kind, string? Reason);
}
