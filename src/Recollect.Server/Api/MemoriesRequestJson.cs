using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Recollect.Server.Api;

/// <summary>A page of memories that is asked for.</summary>
internal sealed record MemoriesRequestJson
{
    [Description("Whose memories.")]
    public required string User { get; init; }

    [Description("The scope: personal (unless given), departmental, ministry, or one of your own.")]
    public string? Scope { get; init; }

    [Description("The tenant; only your own, which it is unless given.")]
    public string? Tenant { get; init; }

    [Description("How many memories at the most; 50 unless given.")]
    [Range(1, 200)]
    public int? Limit { get; init; }

    [Description("Where to go on: \"next\" of the page before, as it is. The first page unless given.")]
    public string? After { get; init; }
}
