using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Ingest.Segmentation;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Runs;

/// <summary>Picks the conversations whose memory is to be made, and accounts for all the others.</summary>
internal sealed class Triage(IMemoryStore store, IStateStore state, IMemoryWriter writer, Settlement settlement)
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
        var batch = TriageBatch.Empty;
        await foreach (var some in conversations.Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            batch = await KnownAsync(some, batch, cancellationToken);
            batch.Current.UnionWith(some.Select(run.WithoutForgotten).OfType<Conversation>().Where(one => IsDue(one, run)).Select(one => one.Id));
            foreach (var conversation in some)
            {
                if (run.Request.Stopping.IsCancellationRequested)
                {
                    yield break;
                }

                run.Ledger.Read(conversation);
                if (await TriageAsync(conversation, batch, madeBy, run, cancellationToken) is { } work)
                {
                    yield return work;
                }
            }

            if (!run.Request.DryRun)
            {
                await NoteAsync(batch, cancellationToken);
            }
        }

        run.ReadToEnd = true;
    }

    private async ValueTask<WorkItem?> TriageAsync(Conversation read, TriageBatch batch, string madeBy, Run run, CancellationToken cancellationToken)
    {
        try
        {
            if (run.WithoutForgotten(read) is not { } conversation)
            {
                run.Ledger.Account(read, Outcomes.Skipped, SkipReasons.Forgotten);
                return null;
            }

            run.Saw(conversation);
            if (!IsStillOpen(conversation, run) && settlement.IsTooShort(conversation))
            {
                await RetireAsync(conversation, batch, run, cancellationToken);
                return null;
            }

            return Examine(conversation, batch, madeBy, run) is { } item
                ? await SettleAsync(item with { Superseded = await SupersededAsync(item.Change.Conversation, item.Change.Rivals, batch, cancellationToken) }, batch, run, cancellationToken)
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

    private async ValueTask<TriageBatch> KnownAsync(Conversation[] conversations, TriageBatch before, CancellationToken cancellationToken)
    {
        var threads = conversations.Select(one => one.Thread).Distinct().ToList();
        var stored = new Dictionary<string, ThreadMemories>(StringComparer.Ordinal);
        var current = new HashSet<string>(StringComparer.Ordinal);
        if (before.GoesOn(threads[0].Id) is { } known) // a long thread is asked for once
        {
            stored.Add(threads[0].Id, known.Stored);
            current = known.Current;
            threads.RemoveAt(0);
        }

        var headers = threads.Count == 0 ? [] : await store.GetHeadersAsync(threads, cancellationToken);
        foreach (var thread in headers.GroupBy(header => header.ThreadId, StringComparer.Ordinal))
        {
            stored.Add(thread.Key, new(thread));
        }

        return new(conversations, stored, await state.Pending.GetAsync([.. conversations.Select(one => one.Id)], cancellationToken), current);
    }

    private async ValueTask NoteAsync(TriageBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Opened.Count > 0)
        {
            await state.Pending.SaveAsync(batch.Opened, cancellationToken);
        }

        if (batch.Closed.Count > 0)
        {
            await state.Pending.RemoveAsync(batch.Closed, cancellationToken);
        }

        if (batch.Settled.Count > 0)
        {
            await DropPaidAsync(batch.Settled, cancellationToken);
        }
    }

    /// <summary>Drops what a process that died between storing and dropping has left.</summary>
    private async ValueTask DropPaidAsync(IReadOnlyCollection<string> settled, CancellationToken cancellationToken)
    {
        foreach (var id in await state.PaidWritings.FindKeptAsync(settled, cancellationToken))
        {
            await state.PaidWritings.DropAsync(id, cancellationToken);
        }

        foreach (var id in await state.PaidEmbeddings.FindKeptAsync(settled, cancellationToken))
        {
            await state.PaidEmbeddings.DropAsync(id, cancellationToken);
        }
    }

    /// <summary>Accounts for a conversation that is too short now, and retires the memories that its messages had before.</summary>
    private async ValueTask RetireAsync(Conversation conversation, TriageBatch batch, Run run, CancellationToken cancellationToken)
    {
        var stored = batch.StoredOf(conversation);
        var fallen = new List<string>(await SupersededAsync(conversation, stored.RivalsOf(conversation), batch, cancellationToken));
        if (stored.Find(conversation.Id) is { } own)
        {
            fallen.Add(own.Id);
        }

        if (fallen.Count > 0)
        {
            run.Ledger.Retired(run.Request.DryRun ? fallen.Count : await store.DeleteAsync(fallen, cancellationToken));
        }

        if (batch.PendingOf(conversation) is not null)
        {
            batch.Closed.Add(conversation.Id);
        }

        batch.Settled.Add(conversation.Id);
        run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.TooShort);
    }

    /// <summary>Accounts for a conversation of which nothing is to be made now; gives the others.</summary>
    private WorkItem? Examine(Conversation conversation, TriageBatch batch, string madeBy, Run run)
    {
        var pending = batch.PendingOf(conversation);
        run.Kept?.Add(conversation.Id);
        if (IsStillOpen(conversation, run))
        {
            run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.StillOpen);
            if (pending is not { Status: PendingStatus.Open, StartedAt: not null })
            {
                batch.Opened.Add(Open(conversation));
            }

            return null;
        }

        var change = ChangeDetector.Compare(conversation, batch.StoredOf(conversation), run.Edits.MadeBy(madeBy, conversation));
        var isRetried = pending is { Status: not PendingStatus.Open } && string.Equals(pending.ContentHash, conversation.ContentHash, StringComparison.Ordinal);
        if (change.Kind != ChangeKind.Unchanged && Hold(conversation, isRetried ? pending : null, pending, run) is { } held)
        {
            run.Ledger.Account(conversation, held.Outcome, held.Reason);
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

    private async ValueTask<IReadOnlyList<string>> SupersededAsync(
        Conversation conversation, IReadOnlyList<string> rivals, TriageBatch batch, CancellationToken cancellationToken)
    {
        string[] fallen = [.. rivals.Where(id => !batch.Current.Contains(id))];
        if (fallen.Length == 0)
        {
            return [];
        }

        var stored = await store.GetAsync(fallen, cancellationToken);
        return [.. stored.Select(record => record.Memory).Where(rival => ChangeDetector.Supersedes(conversation, rival.MessageIds)).Select(rival => rival.Id)];
    }

    /// <summary>Accounts for an unchanged conversation, and for one beyond the limit; gives the others.</summary>
    private async ValueTask<WorkItem?> SettleAsync(WorkItem item, TriageBatch batch, Run run, CancellationToken cancellationToken)
    {
        var conversation = item.Change.Conversation;
        if (item.Change.Kind != ChangeKind.Unchanged)
        {
            if (writer.WritesOnce && item.IsWrittenAgain)
            {
                run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.AlreadySent);
                return null;
            }

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

        batch.Settled.Add(conversation.Id);
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
        StartedAt = conversation.StartedAt,
        Status = PendingStatus.Open,
        ContentHash = string.Empty,
    };
}
