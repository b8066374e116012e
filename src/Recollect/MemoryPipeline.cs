using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;

namespace Recollect;

/// <summary>The whole job: read, group, see what changed, write, embed, store, deliver. The only place that knows the order.</summary>
/// <remarks>One run at a time; a second one, in this process or another, is refused.</remarks>
public sealed class MemoryPipeline
{
    private readonly PipelineStages _stages;
    private readonly bool _keepText;

    internal MemoryPipeline(PipelineStages stages, IOptions<StoreOptions> stores) => (_stages, _keepText) = (stages, stores.Value.KeepText);

    /// <summary>Gets how memories are made now: writer, embedder, and whether text is kept. Part of every fingerprint.</summary>
    public string MadeBy => string.Join(Fingerprint.PartSeparator, _stages.Writer.Version, _stages.Embedder.Version, _keepText ? "text" : "no-text");

    /// <summary>Runs the job once.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="progress">Gets the account at the start, to be looked at while it fills; null for none.</param>
    /// <param name="cancellationToken">Rolls back the conversations in hand and ends the run; the report says what was done.</param>
    /// <exception cref="RunInProgressException">Another run is under way over the same data.</exception>
    /// <exception cref="RecollectException">The source, the store or the state could not be reached. What was stored stays, and a later run goes on from there.</exception>
    public Task<RunReport> RunAsync(RunRequest request, IProgress<RunLedger>? progress, CancellationToken cancellationToken) =>
        _stages.Runs.RunAsync(request, RunStagesAsync, progress, cancellationToken);

    private async Task RunStagesAsync(Run run, CancellationToken cancellationToken)
    {
        _stages.Writer.BeginRun();
        _stages.Embedder.BeginRun();
        await _stages.Outbox.SendOwedAsync(run, cancellationToken);
        var messages = run.Ledger.CountAsync(_stages.Source.ReadAsync(run.Reading, run.Ledger, cancellationToken), cancellationToken);
        var conversations = _stages.Segmenter.SegmentAsync(messages, run.Ledger.OnConflict, cancellationToken);
        var work = _stages.Triage.SelectAsync(conversations, MadeBy, run, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = _stages.Places.Conversations, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(work, options, (item, token) => run.Request.DryRun ? ForecastAsync(item, run) : WorkAsync(item, run, token));
        await _stages.Pruner.PruneAsync(run, cancellationToken);
    }

    private async ValueTask<Memory> MemorizeAsync(WorkItem item, Run run, CancellationToken cancellationToken)
    {
        var conversation = item.Change.Conversation;
        var written = await WriteAsync(item, run, cancellationToken);
        var embedded = await _stages.Failures.TryAsync(
            token => _stages.Embedder.EmbedAsync(conversation, token), failure => run.Ledger.Spent((failure as EmbeddingException)?.Usage ?? default), cancellationToken);
        run.Ledger.Spent(embedded.Usage);
        var (change, edited) = (await _stages.Runs.EditsAsync(run, conversation.Thread, cancellationToken)).Apply(item.Change, written);
        var record = MemoryComposer.Compose(change, edited, embedded, _keepText);
        await _stages.Outbox.OweAsync(record.Memory, cancellationToken);
        await _stages.Failures.TryAsync(token => _stages.Store.StoreAsync(record, item.Superseded, token), onFailure: null, cancellationToken);
        return record.Memory;
    }

    private async ValueTask<WrittenMemory> WriteAsync(WorkItem item, Run run, CancellationToken cancellationToken)
    {
        var conversation = item.Change.Conversation;
        if (item.Change.KeepsWriting && await _stages.Store.GetAsync([conversation.Id], cancellationToken) is [var stored]) // only its vectors are made again
        {
            return MemoryComposer.WritingOf(stored.Memory);
        }

        try
        {
            var written = await _stages.Failures.TryAsync(
                token => _stages.Writer.WriteAsync(conversation, token), failure => run.Ledger.Spent((failure as GenerationException)?.Usage ?? default), cancellationToken);
            run.Ledger.Wrote(written, conversation, item.IsWrittenAgain);
            return written;
        }
        catch (GenerationException ex) when (_stages.Writer.HasFallback && !ex.IsOverBudget)
        {
            run.Ledger.FellBack();
            return await _stages.Writer.WriteFallbackAsync(conversation, cancellationToken);
        }
    }

    private async ValueTask WorkAsync(WorkItem item, Run run, CancellationToken cancellationToken)
    {
        using var trace = RunTrace.Begin(item, run);
        if (await TryMemorizeAsync(item, run, cancellationToken) is { } memory) // stored: nothing takes that back
        {
            AccountMade(item, run);
            await _stages.Failures.SucceededAsync(item, run);
            await _stages.Writer.DropPaidAsync(item.Change.Conversation, CancellationToken.None);
            await _stages.Embedder.DropPaidAsync(item.Change.Conversation, CancellationToken.None);
            await _stages.Outbox.SendAsync(memory, run.Ledger, cancellationToken);
        }

        await _stages.Runs.JournalAsync(run, atLeast: 256, cancellationToken);
    }

    private async ValueTask<Memory?> TryMemorizeAsync(WorkItem item, Run run, CancellationToken cancellationToken)
    {
        var conversation = item.Change.Conversation;
        try
        {
            var memory = await MemorizeAsync(item, run, cancellationToken);
            if (await _stages.Runs.TakeBackForgottenAsync(run, memory, cancellationToken))
            {
                run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.Forgotten);
                return null;
            }

            return memory;
        }
        catch (OperationCanceledException) // rolled back; a later run makes it
        {
            run.Ledger.Account(conversation, Outcomes.Skipped, SkipReasons.Cancelled);
            throw;
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // one bad conversation must not stop the run
        {
            run.Ledger.Account(conversation, Outcomes.Failed, FailureHandler.ReasonOf(ex));
            await _stages.Failures.FailedAsync(item, run, ex, cancellationToken);
            return null;
        }
    }

    private ValueTask ForecastAsync(WorkItem item, Run run)
    {
        var conversation = item.Change.Conversation;
        try
        {
            run.Ledger.Spent(item.Change.KeepsWriting ? default : _stages.Writer.Forecast(conversation));
            run.Ledger.Spent(_stages.Embedder.Forecast(conversation));
            AccountMade(item, run);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            run.Ledger.Account(conversation, Outcomes.Failed, FailureHandler.ReasonOf(ex));
        }

        return ValueTask.CompletedTask;
    }

    private static void AccountMade(WorkItem item, Run run)
    {
        run.Ledger.Account(item.Change.Conversation, item.Change.Kind == ChangeKind.New ? Outcomes.Created : Outcomes.Updated);
        run.Ledger.Retired(item.Superseded.Count);
    }
}
