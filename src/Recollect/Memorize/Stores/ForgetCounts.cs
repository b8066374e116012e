namespace Recollect.Memorize.Stores;

/// <summary>What a store removed of a user.</summary>
/// <param name="Memories">Memories removed.</param>
/// <param name="Messages">Messages removed.</param>
/// <param name="Chunks">Chunk vectors removed.</param>
/// <param name="LastSentAt">When the last of the removed messages was sent; null when there was none.</param>
public sealed record ForgetCounts(long Memories, long Messages, long Chunks, DateTimeOffset? LastSentAt = null);
