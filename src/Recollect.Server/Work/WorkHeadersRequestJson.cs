using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>A question what is stored of conversations.</summary>
internal sealed record WorkHeadersRequestJson
{
    [Description("The conversations.")]
    public required IReadOnlyList<WorkThreadJson> Threads { get; init; }
}
