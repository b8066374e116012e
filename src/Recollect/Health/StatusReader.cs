using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;
using Recollect.State;

namespace Recollect.Health;

/// <summary>Reads the status from store and state.</summary>
public sealed class StatusReader(IMemoryStore store, IStateStore state, MemoryPipeline pipeline, IOptions<SourceOptions> source)
{
    private const int LastRuns = 5;

    /// <summary>Reads it now.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<StatusReport> ReadAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        await state.InitializeAsync(cancellationToken);
        var statistics = await store.GetStatisticsAsync(cancellationToken);
        return new()
        {
            Store = statistics,
            Stale = statistics.Memories - statistics.MemoriesByMadeBy.Where(pair => IsCurrent(pair.Key)).Sum(static pair => pair.Value),
            OldestStale = statistics.OldestByMadeBy.Where(pair => !IsCurrent(pair.Key)).Select(pair => (DateTimeOffset?)pair.Value).Min(),
            Pending = await state.Pending.ListAsync(source: null, cancellationToken),
            Runs = await state.Runs.ListAsync(LastRuns, cancellationToken),
            Watermark = await state.Watermarks.GetAsync(source.Value.Name, cancellationToken),
            ForgottenUsers = (await state.Tombstones.ListAsync(cancellationToken)).Count,
        };

        bool IsCurrent(string madeBy) => string.Equals(Fingerprint.WithoutEdits(madeBy), pipeline.MadeBy, StringComparison.Ordinal);
    }
}
