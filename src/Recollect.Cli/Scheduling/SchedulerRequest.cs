namespace Recollect.Cli.Scheduling;

/// <summary>How people want runs to be scheduled.</summary>
internal sealed record SchedulerRequest
{
    /// <summary>Gets <c>systemd</c> or <c>cron</c>; null: what the machine has.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets a value indicating whether the units are the system's; null: when it is root who asks.</summary>
    public bool? IsSystem { get; init; }

    /// <summary>Gets the folder for unit files; null: where systemd looks for them.</summary>
    public string? UnitFolder { get; init; }
}
