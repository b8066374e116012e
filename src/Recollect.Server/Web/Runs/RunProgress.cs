using Recollect.Runs;

namespace Recollect.Server.Web.Runs;

/// <summary>How far a run that is under way has got.</summary>
/// <param name="Read">Conversations read.</param>
/// <param name="Made">Memories made.</param>
/// <param name="Unchanged">Memories that were still right.</param>
/// <param name="Failed">Conversations that could not be made.</param>
/// <param name="Messages">Messages that the source gave.</param>
/// <param name="SourceDone">How far the source was read, in a unit of its own.</param>
/// <param name="SourceTotal">How much there is; null where it does not say.</param>
public sealed record RunProgress(long Read, long Made, long Unchanged, long Failed, long Messages, long SourceDone, long? SourceTotal)
{
    /// <summary>Gets the progress of a run's account.</summary>
    /// <param name="ledger">The account.</param>
    public static RunProgress Of(RunLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var (made, unchanged, failed) = ledger.OutcomesSoFar;
        var (done, total) = ledger.SourceProgress;
        return new(ledger.ConversationsRead, made, unchanged, failed, ledger.MessagesReceived, done, total);
    }
}
