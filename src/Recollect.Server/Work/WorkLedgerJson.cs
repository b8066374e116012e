using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>What became of conversations that were on the queue.</summary>
internal sealed record WorkLedgerJson
{
    [Description("The conversations.")]
    public required IReadOnlyList<WorkLedgerEntryJson> Conversations { get; init; }
}
