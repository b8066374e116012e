namespace Recollect.State;

/// <summary>A conversation that is on the work queue, or was.</summary>
public sealed record QueuedConversation
{
    /// <summary>Gets the configured name of its source.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the source's own id of the conversation.</summary>
    public required string Thread { get; init; }

    /// <summary>Gets its tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets its user.</summary>
    public required string User { get; init; }

    /// <summary>Gets when the conversation last changed, as the source said when it was looked at.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Gets when it may be sent. The default is at once.</summary>
    public DateTimeOffset DueAt { get; init; } = DateTimeOffset.MinValue;
}
