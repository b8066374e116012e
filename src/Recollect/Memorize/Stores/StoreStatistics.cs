namespace Recollect.Memorize.Stores;

/// <summary>What a store holds.</summary>
public sealed record StoreStatistics
{
    /// <summary>Gets the number of memories.</summary>
    public required long Memories { get; init; }

    /// <summary>Gets the number of messages whose text is kept.</summary>
    public required long Messages { get; init; }

    /// <summary>Gets the number of chunk vectors.</summary>
    public required long Chunks { get; init; }

    /// <summary>Gets the number of users that have a memory.</summary>
    public required long Users { get; init; }

    /// <summary>Gets the memories by how they were made; more than one entry means that some are stale.</summary>
    public required IReadOnlyDictionary<string, long> MemoriesByMadeBy { get; init; }

    /// <summary>Gets when the oldest conversation of each way of making ended.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> OldestByMadeBy { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>Gets the users with the most memories, most first, then by tenant and user; at most 20.</summary>
    public IReadOnlyList<UserMemories> LargestUsers { get; init; } = [];
}
