namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: counting memories by when their conversations ended, to show how they became more.</summary>
/// <remarks>Passes <c>MemoryGrowthConformance</c>. Every member is safe to call concurrently.</remarks>
public interface IMemoryGrowth
{
    /// <summary>Gets when the conversation of all memories that ended first did so, and the one that ended last; null where nothing is stored.</summary>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<(DateTimeOffset First, DateTimeOffset Last)?> GetSpanAsync(CancellationToken cancellationToken);

    /// <summary>Counts the memories whose conversations ended between each border and the next one, of all tenants.</summary>
    /// <param name="borders">Ascending; what ended at a border belongs to what follows it. What is before the first or after the last is not counted.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>One number less than there are borders; none for no border.</returns>
    ValueTask<IReadOnlyList<long>> CountBetweenAsync(IReadOnlyList<DateTimeOffset> borders, CancellationToken cancellationToken);
}
