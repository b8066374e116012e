using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;

namespace Recollect.Runs;

/// <summary>Retires memories of conversations that vanished from a source which the run read whole.</summary>
internal sealed class Pruner(IMemoryStore store, ISource source)
{
    private const int BatchSize = 256;

    public async ValueTask PruneAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Kept is not { } kept)
        {
            return;
        }

        if (WhyNot(run) is { } obstacle)
        {
            run.Ledger.Notice($"Nothing was pruned: {obstacle}.");
            return;
        }

        var vanished = new List<string>();
        await foreach (var header in store.GetHeadersOfSourceAsync(run.Record.Source, cancellationToken))
        {
            if (!kept.Contains(header.Id))
            {
                vanished.Add(header.Id);
            }
        }

        foreach (var batch in vanished.Chunk(BatchSize))
        {
            run.Ledger.Retired(run.Request.DryRun ? batch.Length : await store.DeleteAsync(batch, cancellationToken));
        }
    }

    private string? WhyNot(Run run) =>
        !source.KeepsWhatItGave ? "the source does not keep what has become a memory"
        : !run.SourceComplete ? "the source was not read to its end"
        : run.Reading.ChangedSince is not null ? "only a backfill reads the source whole"
        : run.Ledger.Unreadable > 0 ? "some items of the source could not be read, and their conversations may still be there"
        : run.Ledger.ConversationsRead == 0 ? "the source gave no conversation at all"
        : null;
}
