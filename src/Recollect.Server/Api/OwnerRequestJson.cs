using System.ComponentModel;

namespace Recollect.Server.Api;

/// <summary>Whose memory is asked for.</summary>
internal sealed record OwnerRequestJson
{
    [Description("Whose memories.")]
    public required string User { get; init; }

    [Description("The scope: personal (unless given), departmental, ministry, or one of your own.")]
    public string? Scope { get; init; }

    [Description("The tenant; only your own, which it is unless given.")]
    public string? Tenant { get; init; }
}
