namespace Recollect.Server.Work;

/// <summary>What a worker has claimed.</summary>
/// <param name="Conversations">The ids that the holder has now; the others are somebody else's.</param>
internal sealed record WorkClaimedJson(IReadOnlyList<string> Conversations);
