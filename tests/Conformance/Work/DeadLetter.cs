namespace Recollect.Conformance.Work;

/// <summary>A message that was put aside.</summary>
/// <param name="Body">Its body; null where the queue does not keep it.</param>
/// <param name="Reason">Why.</param>
public sealed record DeadLetter(string? Body, string Reason);
