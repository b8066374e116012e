using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Recollect.Server.Api;

/// <summary>Runs that are asked for.</summary>
internal sealed record RunsRequestJson
{
    [Description("How many runs at the most; 20 unless given.")]
    [Range(1, 1_000)]
    public int? Top { get; init; }
}
