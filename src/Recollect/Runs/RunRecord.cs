namespace Recollect.Runs;

/// <summary>A run as the journal keeps it.</summary>
public sealed record RunRecord
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the kind of run.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Gets the configured name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>Gets when it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets how far it got.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Gets what it did; null while it runs.</summary>
    public RunReport? Report { get; init; }
}
