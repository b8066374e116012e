namespace Recollect.Work;

/// <summary>What a trigger did.</summary>
/// <param name="Queued">How many conversations it put on the queue.</param>
/// <param name="Eligible">How many there were that need a memory, those beyond the limit included.</param>
public sealed record TriggerResult(int Queued, int Eligible);
