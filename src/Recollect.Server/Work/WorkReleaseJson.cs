using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>Claims that are given back.</summary>
internal sealed record WorkReleaseJson
{
    [Description("The ids of the conversations.")]
    public required IReadOnlyList<string> Conversations { get; init; }

    [Description("The holder.")]
    public required string Holder { get; init; }
}
