namespace Recollect.Work;

/// <summary>What is in a queue.</summary>
/// <param name="Waiting">Messages that wait to be taken; may be approximate.</param>
/// <param name="Taken">Messages that are taken and not settled; null where the broker does not tell.</param>
/// <param name="Dead">Messages in the dead-letter queue; null where there is none, or the broker does not tell.</param>
public sealed record QueueDepth(long Waiting, long? Taken, long? Dead);
