using Recollect.Runs;

namespace Recollect.State;

/// <summary>The runs and what became of each conversation in them.</summary>
public interface IRunJournal
{
    /// <summary>Inserts or replaces a run by id.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask SaveAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Appends what became of conversations. The same conversation of the same run replaces what was said before.</summary>
    /// <param name="entries">The outcomes.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask AppendAsync(IReadOnlyCollection<RunEntry> entries, CancellationToken cancellationToken);

    /// <summary>Gets the last runs, newest first.</summary>
    /// <param name="top">How many at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<RunRecord>> ListAsync(int top, CancellationToken cancellationToken);

    /// <summary>Gets what became of the conversations of one run that were made or failed, ordered by conversation id.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<RunEntry>> GetEntriesAsync(string runId, CancellationToken cancellationToken);
}
