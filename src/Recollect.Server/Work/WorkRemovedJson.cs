namespace Recollect.Server.Work;

/// <summary>What was removed.</summary>
/// <param name="Removed">How many memories.</param>
internal sealed record WorkRemovedJson(int Removed);
