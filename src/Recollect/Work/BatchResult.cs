namespace Recollect.Work;

/// <summary>What became of the conversations of a batch.</summary>
/// <param name="Made">Conversations whose memory was made.</param>
/// <param name="Failed">Conversations that failed; they are tried again after a pause, or parked.</param>
/// <param name="Left">Ids that were not worked on: somebody else has them, or the work was stopped.</param>
internal sealed record BatchResult(int Made, int Failed, IReadOnlyCollection<string> Left);
