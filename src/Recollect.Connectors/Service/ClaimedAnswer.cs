namespace Recollect.Connectors.Service;

/// <summary>What was claimed.</summary>
/// <param name="Conversations">The ids that the holder has now.</param>
internal sealed record ClaimedAnswer(IReadOnlyList<string> Conversations);
