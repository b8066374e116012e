namespace Recollect.State;

/// <summary>How many conversations wait to be done.</summary>
/// <param name="Waiting">Those that wait, sent or not.</param>
/// <param name="OldestSentAt">When the one was sent that waits longest for an answer; null where none is sent.</param>
public sealed record QueuedCount(long Waiting, DateTimeOffset? OldestSentAt);
