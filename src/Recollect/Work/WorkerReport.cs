namespace Recollect.Work;

/// <summary>What a worker did.</summary>
/// <param name="Messages">Messages that it took from the queue; one that came again counts again.</param>
/// <param name="Made">Memories that it made.</param>
/// <param name="Failed">Times that a conversation failed.</param>
public sealed record WorkerReport(long Messages, long Made, long Failed);
