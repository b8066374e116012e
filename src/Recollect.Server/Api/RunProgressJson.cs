using System.ComponentModel;
using Recollect.Runs;

namespace Recollect.Server.Api;

/// <summary>How far a run that is under way has got.</summary>
internal sealed record RunProgressJson
{
    public required string RunId { get; init; }

    [Description("Conversations read.")]
    public required long Read { get; init; }

    [Description("Memories made, for the first time or again.")]
    public required long Made { get; init; }

    public required long Unchanged { get; init; }

    public required long Failed { get; init; }

    [Description("Messages that the source gave, duplicates included.")]
    public required long Messages { get; init; }

    public required SourceProgressJson Source { get; init; }

    public static RunProgressJson From(RunLedger ledger)
    {
        var (made, unchanged, failed) = ledger.OutcomesSoFar;
        var (done, total) = ledger.SourceProgress;
        return new()
        {
            RunId = ledger.RunId,
            Read = ledger.ConversationsRead,
            Made = made,
            Unchanged = unchanged,
            Failed = failed,
            Messages = ledger.MessagesReceived,
            Source = new(done, total),
        };
    }
}
