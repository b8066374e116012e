using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>A renewal of all claims of a holder.</summary>
internal sealed record WorkRenewJson
{
    [Description("The holder.")]
    public required string Holder { get; init; }

    [Description("How long they last from now.")]
    public required double Seconds { get; init; }
}
