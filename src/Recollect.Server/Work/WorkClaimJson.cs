using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>A claim on conversations.</summary>
internal sealed record WorkClaimJson
{
    [Description("The ids of the conversations.")]
    public required IReadOnlyList<string> Conversations { get; init; }

    [Description("Names the worker and what it does; unique.")]
    public required string Holder { get; init; }

    [Description("How long the claims last from now, unless they are renewed.")]
    public required double Seconds { get; init; }
}
