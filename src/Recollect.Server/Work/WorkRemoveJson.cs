using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>Memories that do not stand any more.</summary>
internal sealed record WorkRemoveJson
{
    [Description("Their ids.")]
    public required IReadOnlyList<string> Ids { get; init; }
}
