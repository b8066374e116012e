using Recollect.Ingest.Changes;

namespace Recollect.Runs;

/// <summary>A conversation whose memory is to be made.</summary>
/// <param name="Change">The conversation beside what is stored.</param>
/// <param name="Superseded">Ids of memories that its memory takes the place of.</param>
/// <param name="FailedRuns">In how many runs this very content failed before.</param>
/// <param name="IsPending">Whether the state has it as not done.</param>
internal sealed record WorkItem(ConversationChange Change, IReadOnlyList<string> Superseded, int FailedRuns, bool IsPending)
{
    /// <summary>Gets a value indicating whether something of it was written before and other content is to be written now.</summary>
    public bool IsWrittenAgain => !Change.KeepsWriting && (Change.Kind == ChangeKind.Changed || Superseded.Count > 0);
}
