using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Ingest.Segmentation;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Runs;

/// <summary>Picks the conversations whose memory is to be made, and accounts for all the others.</summary>
internal sealed class Triage(IMemoryStore store, IStateStore state, Settlement settlement)
{
    private const int BatchSize = 256;

    /// <summary>Reads conversations to their end and gives those that need work, in the same order.</summary>
    /// <param name="conversations">The conversations of the source.</param>
    /// <param name="madeBy">How a memory would be made now.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<WorkItem> SelectAsync(
        IAsyncEnumerable<Conversation> conversations, string madeBy, Run run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = Known.Nothing;
        await foreach (var batch in conversations.Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            known = await KnownAsync(batch, known, cancellationToken);
            known.Standing.UnionWith(batch.Select(run.WithoutForgotten).OfType<Conversation>().Where(one => IsDue(one, run)).Select(one => one.Id));
            var (opened, closed) = (new List<PendingConversation>(), new List<string>());
            foreach (var conversation in batch)
            {
                run.Ledger.Read(conversation);
                if (await SelectAsync(conversation, known, madeBy, run, opened, closed, cancellationToken) is { } work)
                {
                    yield return work;
                }
            }

            if (opened.Count > 0 && !run.Request.DryRun)
            {
                await state.Pending.SaveAsync(opened, cancellationToken);
            }

            if (closed.Count > 0 && !run.Request.DryRun)
            {
                await state.Pending.RemoveAsync(closed, cancellationToken);
            }
        }

        run.ReadToEnd = true;
    }

    private async ValueTask<WorkItem?> SelectAsync(
        Conversation read, Known known, string madeBy, Run run, List<PendingConversation> opened, List<string> closed, CancellationToken cancellationToken)
    {
        try
        {
            if (run.WithoutForgotten(read) is not { } conversation)
            {
                run.Ledger.Account(read, Outcomes.Skipped, SkipReasons.Forgotten);
                return null;
            }

            return Examine(conversation, known, madeBy, run, opened, closed) is { } item
                ? await SettleAsync(item with { Superseded = await SupersededAsync(item.Change, known, cancellationToken) }, run, cancellationToken)
                : null;
        }
        catch (OperationCanceledException) // ends the run, but not the account
        {
            run.Ledger.Account(read, Outcomes.Skipped, SkipReasons.Cancelled);
            throw;
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            run.Ledger.Account(read, Outcomes.Failed, FailureHandler.ReasonOf(ex));
            throw;
        }
    }

    private async ValueTask<Known> KnownAsync(Conversation[] batch, Known before, CancellationToken cancellationToken)
    {
        var threads = batch.Select(one => one.Thread.Id).Distinct(StringComparer.Ordinal).ToList();
        var goesOn = threads.Remove(before.LastThread) ? before : Known.Nothing; // a long thread is asked for once
        var headers = threads.Count == 0 ? [] : await store.GetHeadersAsync(threads, cancellationToken);
        var pending = await state.Pending.GetAsync([.. batch.Select(one => one.Id)], cancellationToken);
        return new(
            headers.Concat(goesOn.Headers[before.LastThread]).ToLookup(header => header.ThreadId, StringComparer.Ordinal),
            pending.ToDictionary(one => one.ConversationId, StringComparer.Ordinal),
            batch[^1].Thread.Id,
            goesOn.Standing);
    }

    /// <summary>Accounts for a conversation of which nothing is to be made or whose state needs no store; gives the others.</summary>
    private WorkItem? Examine(Conversation conversation, Known known, string madeBy, Run run, List<PendingConversation> opened, List<string> closed)
    {
        var pending = known.Pending.GetValueOrDefault(conversation.Id);
        if (IsStillOpen(conversation, run))
        {
            run.Standing?.Add(conversation.Id);
            run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.StillOpen);
            if (pending is not { Status: PendingStatus.Open })
            {
                opened.Add(Open(conversation));
            }

            return null;
        }

        if (settlement.IsTooShort(conversation))
        {
            run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.TooShort);
            if (pending is not null)
            {
                closed.Add(conversation.Id);
            }

            return null;
        }

        run.Standing?.Add(conversation.Id);
        var change = ChangeDetector.Compare(conversation, [.. known.Headers[conversation.Thread.Id]], madeBy);
        var isRetried = pending is { Status: not PendingStatus.Open } && string.Equals(pending.ContentHash, conversation.ContentHash, StringComparison.Ordinal);
        if (change.Kind != ChangeKind.Unchanged && Hold(conversation, isRetried ? pending : null, pending, run) is var (outcome, reason))
        {
            run.Ledger.Account(conversation, outcome, reason);
            return null;
        }

        return new(change, [], isRetried ? pending!.FailedRuns : 0, pending is not null);
    }

    private static (string Outcome, string Reason)? Hold(Conversation conversation, PendingConversation? failure, PendingConversation? pending, Run run)
    {
        if (!run.IsRequested(conversation, pending))
        {
            return (Outcomes.Skipped, SkipReasons.NotRequested);
        }

        return run.Request.Mode == RunMode.Retry || failure is null ? null
            : failure.Status == PendingStatus.Parked ? (Outcomes.Skipped, SkipReasons.Parked)
            : failure.NextTryAt > run.Record.StartedAt ? (Outcomes.Failed, FailureReasons.BackingOff)
            : null;
    }

    private async ValueTask<IReadOnlyList<string>> SupersededAsync(ConversationChange change, Known known, CancellationToken cancellationToken)
    {
        var rivals = change.Rivals.Where(id => !known.Standing.Contains(id)).ToList();
        if (rivals.Count == 0)
        {
            return [];
        }

        var stored = await store.GetAsync(rivals, cancellationToken);
        return [.. stored.Select(record => record.Memory).Where(rival => ChangeDetector.Supersedes(change.Conversation, rival.MessageIds)).Select(rival => rival.Id)];
    }

    /// <summary>Accounts for an unchanged conversation, and for one beyond the limit; gives the others.</summary>
    private async ValueTask<WorkItem?> SettleAsync(WorkItem item, Run run, CancellationToken cancellationToken)
    {
        var conversation = item.Change.Conversation;
        if (item.Change.Kind != ChangeKind.Unchanged)
        {
            if (run.TryTakePlace())
            {
                return item;
            }

            run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.OverLimit);
            return null;
        }

        if (!run.Request.DryRun && item.Superseded.Count > 0) // left behind by a store without transactions
        {
            run.Ledger.Retired(await store.DeleteAsync(item.Superseded, cancellationToken));
        }

        if (!run.Request.DryRun && item.IsPending)
        {
            await state.Pending.RemoveAsync([conversation.Id], cancellationToken);
        }

        run.Ledger.Account(conversation, Outcomes.Unchanged);
        return null;
    }

    private bool IsStillOpen(Conversation conversation, Run run) =>
        !run.Request.IncludeOpen && settlement.IsOpen(conversation, run.Record.StartedAt);

    /// <summary>Tells whether a conversation has, or is to have, a memory.</summary>
    private bool IsDue(Conversation conversation, Run run) => !IsStillOpen(conversation, run) && !settlement.IsTooShort(conversation);

    private static PendingConversation Open(Conversation conversation) => new()
    {
        ConversationId = conversation.Id,
        Source = conversation.Thread.Source,
        Tenant = conversation.Owner.Tenant,
        User = conversation.Owner.User,
        Status = PendingStatus.Open,
        ContentHash = string.Empty,
    };

    /// <summary>What is known of a batch from before.</summary>
    /// <param name="Headers">The memories of its threads.</param>
    /// <param name="Pending">Those of its conversations that are not done.</param>
    /// <param name="LastThread">The thread that the next batch may go on with.</param>
    /// <param name="Standing">The conversations that stand, of the batch and of the thread that it goes on with.</param>
    private sealed record Known(
        ILookup<string, MemoryHeader> Headers, IReadOnlyDictionary<string, PendingConversation> Pending, string LastThread, HashSet<string> Standing)
    {
        public static Known Nothing => new(
            Array.Empty<MemoryHeader>().ToLookup(header => header.ThreadId, StringComparer.Ordinal),
            new Dictionary<string, PendingConversation>(StringComparer.Ordinal), string.Empty, new(StringComparer.Ordinal));
    }
}
