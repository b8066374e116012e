using Recollect.Conversations;

namespace Recollect.Memorize.Stores;

/// <summary>Keeps memories and finds them again by vector.</summary>
/// <remarks>
/// Passes <c>MemoryStoreConformance</c>. Every member is safe to call concurrently. Every search is made within one
/// <see cref="Visibility"/>, inside the query and never after its cut.
/// </remarks>
public interface IMemoryStore
{
    /// <summary>Gets the name that configuration uses to choose this store.</summary>
    string Name { get; }

    /// <summary>Creates or migrates what the store needs. Doing it again changes nothing.</summary>
    /// <param name="cancellationToken">Stops the work; what is half done is rolled back or continued next time.</param>
    /// <exception cref="MemoryStoreException">The store refused, or holds what a newer version wrote.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Gets the headers of all memories of some thread partitions, in no particular order.</summary>
    /// <param name="threads">Thread partitions.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<MemoryHeader>> GetHeadersAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken cancellationToken);

    /// <summary>Gets the headers of all memories of a source, in no particular order.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    IAsyncEnumerable<MemoryHeader> GetHeadersOfSourceAsync(string source, CancellationToken cancellationToken);

    /// <summary>Gets memories with all that is kept beside them. Ids that are not stored are left out.</summary>
    /// <param name="ids">Ids of memories.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<MemoryRecord>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces a memory by id and removes those that it supersedes: all of it, or nothing where the store has transactions.</summary>
    /// <param name="record">The memory.</param>
    /// <param name="superseded">Ids of memories whose messages are now this one's; removed last. Unknown ids are fine.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached; nothing was changed.</exception>
    ValueTask UpsertAsync(MemoryRecord record, IReadOnlyCollection<string> superseded, CancellationToken cancellationToken);

    /// <summary>Removes memories with all that is kept beside them. Unknown ids are fine.</summary>
    /// <param name="ids">Ids of memories.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>How many were removed.</returns>
    ValueTask<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Removes everything of a user, in every scope, so that it cannot be read back from the store's files.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask<ForgetCounts> ForgetAsync(string tenant, string user, CancellationToken cancellationToken);

    /// <summary>Removes memories so that they cannot be read back from the store's files. Unknown ids are fine.</summary>
    /// <param name="ids">Ids of memories.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    async ValueTask<ForgetCounts> ForgetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var records = await GetAsync(ids, cancellationToken);
        var count = await DeleteAsync(ids, cancellationToken);
        return new(count, records.Sum(static record => record.Memory.MessageIds.Count), records.Sum(static record => record.Chunks.Count), records.Max(static record => (DateTimeOffset?)record.Memory.EndedAt));
    }

    /// <summary>Finds the memories whose best chunk is nearest to a vector: exactly, or, among thousands, so nearly as the store's page says.</summary>
    /// <param name="visibility">The only memories to look at.</param>
    /// <param name="vector">The query, of unit length and of the dimension that is stored.</param>
    /// <param name="top">How many memories at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Nearest first; empty where nothing is visible. Vectors of another dimension are passed over.</returns>
    ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(Visibility visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken);

    /// <summary>Lists memories: those whose conversation ended last come first, and of those that ended at the same tick the greatest id, compared byte by byte.</summary>
    /// <param name="visibility">The only memories to look at.</param>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="top">How many at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The page; shorter than <paramref name="top"/> only at the end of the list.</returns>
    ValueTask<IReadOnlyList<MemorySummary>> ListAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken);

    /// <summary>Streams all memories, ordered by id, for export.</summary>
    /// <param name="cancellationToken">Stops the stream.</param>
    IAsyncEnumerable<MemoryRecord> ExportAsync(CancellationToken cancellationToken);

    /// <summary>Counts what is stored.</summary>
    /// <param name="cancellationToken">Stops the count.</param>
    ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken);

    /// <summary>Checks connection, schema and integrity and says how to mend what is wrong.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
