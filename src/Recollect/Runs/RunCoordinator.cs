using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Ingest.Segmentation;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;
using Recollect.State;
using Recollect.Telemetry;

namespace Recollect.Runs;

/// <summary>Begins and ends runs: the lock, the journal, the watermark, and what a run needs to know from before.</summary>
internal sealed partial class RunCoordinator(
    IStateStore state, IMemoryStore store, Settlement settlement, ConversationSegmenter segmenter,
    ChosenMirror mirror, IOptions<SourceOptions> source, TimeProvider time, ILogger<RunCoordinator> logger)
{
    private static readonly TimeSpan WatermarkMargin = TimeSpan.FromMinutes(5);

    /// <summary>Takes the lock, begins a run, lets <paramref name="work"/> do it, and ends it, whatever happens.</summary>
    /// <exception cref="RunInProgressException">Another process is in the middle of a run.</exception>
    /// <exception cref="StateStoreException">The state failed, or the lock was lost in the middle.</exception>
    public Task<RunReport> RunAsync(RunRequest request, Func<Run, CancellationToken, Task> work, IProgress<RunLedger>? progress, CancellationToken cancellationToken) =>
        Tracing.WithinAsync(TelemetryNames.SpanRun, async span =>
        {
            RunTrace.Describe(span, request);
            var report = await RunToItsEndAsync(request, work, progress, cancellationToken);
            RunTrace.Describe(span, report);
            return report;
        }).AsTask();

    private async Task<RunReport> RunToItsEndAsync(RunRequest request, Func<Run, CancellationToken, Task> work, IProgress<RunLedger>? progress, CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        await state.InitializeAsync(cancellationToken);
        await using var lease = request.Mode == RunMode.Batch ? null : await RunLock.TakeAsync(state.Leases, Refusal(request), cancellationToken); // a batch has claims instead
        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease?.Lost ?? CancellationToken.None);
        var start = time.GetTimestamp();
        var run = await BeginAsync(request, cancellationToken);
        progress?.Report(run.Ledger);
        try
        {
            await work(run, held.Token);
            return await EndAsync(run, RunStatus.Completed, time.GetElapsedTime(start));
        }
        catch (Exception ex) when (lease is { Lost.IsCancellationRequested: true }) // ends as if killed: whoever has the lock now may have forgotten what would be written
        {
            LogAborted(logger, run.Record.Id, FailureHandler.ErrorOf(ex));
            throw RunLock.Lost(ex);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) // the caller gets the report of what was done
        {
            return await EndAsync(run, RunStatus.Cancelled, time.GetElapsedTime(start));
        }
        catch (Exception ex)
        {
            await EndAbortedAsync(run, ex, time.GetElapsedTime(start));
            throw;
        }
        finally
        {
            if (lease is not { Lost.IsCancellationRequested: true }) // then it may be the next run's already
            {
                ClearSpool(request);
            }
        }
    }

    /// <summary>Writes outcomes to the journal once there are enough of them.</summary>
    public async ValueTask JournalAsync(Run run, int atLeast, CancellationToken cancellationToken)
    {
        var entries = run.Ledger.TakeEntries(atLeast);
        if (entries.Count > 0 && !run.Request.DryRun)
        {
            await state.Runs.AppendAsync(entries, cancellationToken);
        }
    }

    /// <summary>Gets what people did to the memories of a thread by hand. A run of another kind than a batch keeps whoever does waiting.</summary>
    public async ValueTask<EditBook> EditsAsync(Run run, ThreadKey thread, CancellationToken cancellationToken) =>
        run.Request.Mode == RunMode.Batch ? new(await state.Edits.ListAsync(thread.Id, cancellationToken)) : run.Edits;

    /// <summary>Takes back a memory of a batch that was forgotten, or its user was, while it was made; a run of another kind keeps whoever forgets waiting.</summary>
    /// <returns>Whether it was.</returns>
    public async ValueTask<bool> TakeBackForgottenAsync(Run run, Memory memory, CancellationToken cancellationToken)
    {
        if (run.Request.Mode != RunMode.Batch)
        {
            return false;
        }

        var (tenant, user) = (memory.Owner.Tenant, memory.Owner.User);
        var known = run.Forgotten.TryGetValue((tenant, user), out var before);
        var stones = await state.Tombstones.ListAsync(cancellationToken); // whoever forgets writes the stone first, and only then removes
        if ((await EditsAsync(run, memory.Thread, cancellationToken)).ForgetsMoreThan(run.Edits, memory))
        {
            await store.ForgetAsync([memory.Id], CancellationToken.None);
            return true;
        }

        if (!stones.Any(stone => string.Equals(stone.Tenant, tenant, StringComparison.Ordinal) && string.Equals(stone.User, user, StringComparison.Ordinal) && !(known && stone.ForgottenAt <= before)))
        {
            return false;
        }

        await store.DeleteAsync([memory.Id], CancellationToken.None);
        await state.ForgetAsync(tenant, user, CancellationToken.None);
        return true;
    }

    private IMirror? MirrorOf(RunRequest request) => request.Mode == RunMode.Batch ? null : mirror.Mirror; // it is this machine's, and the next run of another kind brings it up to date

    private void ClearSpool(RunRequest request)
    {
        if (request.Mode != RunMode.Batch) // others may go on
        {
            segmenter.ClearSpool();
        }
    }

    private static string Refusal(RunRequest request) =>
        request.Mode == RunMode.Nightly ? "this one did nothing; the next one catches up." : "this one did nothing. Wait for it to end, then run again.";

    private async Task<Run> BeginAsync(RunRequest request, CancellationToken cancellationToken)
    {
        ClearSpool(request); // what a killed run left behind
        var now = time.GetUtcNow();
        var mode = request.Mode.ToString().ToLowerInvariant();
        var record = new RunRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmss'.'fff'Z'}-{mode}{(request.Label is { } label ? "-" + label : string.Empty)}"),
            Mode = request.Mode,
            Source = source.Value.Name,
            StartedAt = now,
            Status = RunStatus.Running,
        };
        var run = new Run(request, record, new(record.Id, notice => LogNotice(logger, notice), (conversation, outcome, reason) => OnAccount(request, conversation, outcome, reason)))
        {
            Unseen = await UnseenAsync(request, cancellationToken),
            Reading = await ReadingAsync(request, now, cancellationToken),
            Forgotten = (await state.Tombstones.ListAsync(cancellationToken)).ToDictionary(stone => (stone.Tenant, stone.User), stone => stone.ForgottenAt),
            Edits = new(await state.Edits.ListAsync(threadId: null, cancellationToken)),
        };
        if (!request.DryRun)
        {
            await (MirrorOf(request)?.BeginAsync(cancellationToken) ?? ValueTask.CompletedTask);
            await state.Runs.SaveAsync(record, cancellationToken); // last, because only what is begun is ended
        }

        LogBegun(logger, record.Id, record.Source);
        return run;
    }

    private static void OnAccount(RunRequest request, Conversation conversation, string outcome, string? reason)
    {
        RunTrace.Account(request, outcome, reason);
        request.OnAccount?.Invoke(conversation, outcome, reason);
    }

    private async Task<HashSet<string>> UnseenAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var pending = request.Mode == RunMode.Backfill ? await state.Pending.ListAsync(source.Value.Name, cancellationToken) : [];
        return pending.Select(one => one.ConversationId).Concat(request.Conversations).ToHashSet(StringComparer.Ordinal);
    }

    private async Task<ReadRequest> ReadingAsync(RunRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.Mode == RunMode.Batch)
        {
            return new() { Threads = request.Threads };
        }

        var watermark = await state.Watermarks.GetAsync(source.Value.Name, cancellationToken);
        if (request.Mode == RunMode.Backfill || watermark is null)
        {
            return ReadRequest.Everything;
        }

        var all = await state.Pending.ListAsync(source.Value.Name, cancellationToken);
        var pending = request.Mode == RunMode.Retry ? all : [.. all.Where(one => one.Status != PendingStatus.Parked)]; // a parked one waits for a retry or for new content
        var unfinished = watermark.Value - settlement.Window - WatermarkMargin;
        return new()
        {
            ChangedSince = unfinished < now - request.Lookback ? unfinished : now - request.Lookback,
            Conversations = [.. pending.Select(one => one.ConversationId)],
            ConversationsSince = pending.All(one => one.StartedAt is not null) ? pending.Min(one => one.StartedAt) : null,
        };
    }

    private async Task<RunReport> EndAsync(Run run, RunStatus status, TimeSpan elapsed)
    {
        if (status == RunStatus.Completed)
        {
            await SettleUnseenAsync(run);
        }

        if (run.Request.DryRun)
        {
            return run.Ledger.ToReport(run.Request, status, run.SourceComplete, elapsed);
        }

        if (status != RunStatus.Aborted)
        {
            await RefreshMirrorAsync(run);
        }

        var report = run.Ledger.ToReport(run.Request, status, run.SourceComplete, elapsed);

        await JournalAsync(run, atLeast: 1, CancellationToken.None);
        if (status == RunStatus.Completed && run.SourceComplete && run.Request.Limit is null && run.Request.Mode is RunMode.Backfill or RunMode.Nightly) // what was in hand at another end is noted nowhere
        {
            await state.Watermarks.AdvanceAsync(run.Record.Source, run.Record.StartedAt, CancellationToken.None);
        }

        await state.Runs.SaveAsync(run.Record with { EndedAt = time.GetUtcNow(), Status = status, Report = report with { Notices = [] } }, CancellationToken.None);
        LogEnded(logger, run.Record.Id, status, report.Read, report.Created, report.Updated, (long)elapsed.TotalMilliseconds);
        return report;
    }

    private async Task RefreshMirrorAsync(Run run)
    {
        try
        {
            await (MirrorOf(run.Request)?.RefreshAsync(run.Ledger.Notice, CancellationToken.None) ?? ValueTask.CompletedTask);
        }
        catch (DeliveryException ex) // the memories are stored; the next run brings the copy up to date
        {
            run.Ledger.Notice(ex.Message);
            run.Ledger.Delivered(succeeded: false);
        }
    }

    /// <summary>Says which conversations of a retry are not there, and forgets pending ones that a whole read did not find.</summary>
    private async Task SettleUnseenAsync(Run run)
    {
        foreach (var id in run.Request.Conversations.Where(run.Unseen.Contains))
        {
            run.Ledger.Notice($"Conversation {id} is not in the source.");
        }

        if (run.Request is { Mode: RunMode.Backfill, DryRun: false } && run.SourceComplete && run.Ledger.Unreadable == 0 && run.Unseen.Count > 0)
        {
            await state.Pending.RemoveAsync(run.Unseen, CancellationToken.None);
            foreach (var id in run.Unseen)
            {
                await state.PaidEmbeddings.DropAsync(id, CancellationToken.None);
                await state.PaidWritings.DropAsync(id, CancellationToken.None);
            }
        }
    }

    private async Task EndAbortedAsync(Run run, Exception cause, TimeSpan elapsed)
    {
        LogAborted(logger, run.Record.Id, FailureHandler.ErrorOf(cause));
        try
        {
            await EndAsync(run, RunStatus.Aborted, elapsed);
        }
        catch (StateStoreException ex) // the cause is what the caller must see
        {
            LogUnrecorded(logger, run.Record.Id, ex.Message);
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "Run {RunId} over source {Source} began")]
    private static partial void LogBegun(ILogger logger, string runId, string source);

    [LoggerMessage(1002, LogLevel.Information, "Run {RunId} ended as {Status}: {Read} conversations read, {Created} created, {Updated} updated in {ElapsedMs} ms")]
    private static partial void LogEnded(ILogger logger, string runId, RunStatus status, long read, long created, long updated, long elapsedMs);

    [LoggerMessage(1003, LogLevel.Error, "Run {RunId} was aborted: {Error}")]
    private static partial void LogAborted(ILogger logger, string runId, string error);

    [LoggerMessage(1004, LogLevel.Error, "The end of run {RunId} could not be recorded: {Error}")]
    private static partial void LogUnrecorded(ILogger logger, string runId, string error);

    [LoggerMessage(1005, LogLevel.Warning, "{Notice}")]
    private static partial void LogNotice(ILogger logger, string notice);
}
