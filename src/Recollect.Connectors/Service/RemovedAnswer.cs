namespace Recollect.Connectors.Service;

/// <summary>What was removed.</summary>
/// <param name="Removed">How many memories.</param>
internal sealed record RemovedAnswer(int Removed);
