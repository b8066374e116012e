using System.ComponentModel;

namespace Recollect.Server.Work;

/// <summary>A conversation that was on the queue.</summary>
internal sealed record WorkLedgerEntryJson
{
    [Description("Its id.")]
    public required string Id { get; init; }

    [Description("The state of it that was read: when it last changed.")]
    public required DateTimeOffset UpdatedAt { get; init; }

    [Description("When it may be sent again; only where it is postponed.")]
    public DateTimeOffset? DueAt { get; init; }
}
