namespace Recollect.Conversations;

/// <summary>What change detection needs to know of a stored memory.</summary>
/// <param name="Id">The memory's id.</param>
/// <param name="ThreadId">The thread partition's id.</param>
/// <param name="StartedAt">When the first message was sent.</param>
/// <param name="EndedAt">When the last message was sent.</param>
/// <param name="Fingerprint">What it was made from and how.</param>
public sealed record MemoryHeader(string Id, string ThreadId, DateTimeOffset StartedAt, DateTimeOffset EndedAt, Fingerprint Fingerprint);
