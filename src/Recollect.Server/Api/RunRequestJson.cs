using System.ComponentModel;

namespace Recollect.Server.Api;

/// <summary>A run that is asked for.</summary>
internal sealed record RunRequestJson
{
    [Description("What to do: nightly (what changed), backfill (everything) or retry (what failed or is parked).")]
    public required string Mode { get; init; }
}
