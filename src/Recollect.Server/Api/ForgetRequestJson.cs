using System.ComponentModel;

namespace Recollect.Server.Api;

/// <summary>A user to forget.</summary>
internal sealed record ForgetRequestJson
{
    [Description("Who is forgotten, literally, in every scope.")]
    public required string User { get; init; }

    [Description("The tenant; only your own, which it is unless given.")]
    public string? Tenant { get; init; }
}
