namespace Recollect.Cli.Scheduling;

/// <summary>What is to run every night, and when.</summary>
internal sealed record Schedule
{
    /// <summary>Gets the name that tells this schedule from others on the machine.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the time of day, in <see cref="Zone"/>.</summary>
    public required TimeOnly At { get; init; }

    /// <summary>Gets the time zone of <see cref="At"/>.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Gets what runs.</summary>
    public required ScheduledJob Job { get; init; }
}
