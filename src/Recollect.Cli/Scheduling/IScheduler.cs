namespace Recollect.Cli.Scheduling;

/// <summary>Lets the system start nightly runs.</summary>
internal interface IScheduler
{
    /// <summary>Gets the name of the kind: <c>systemd</c> or <c>cron</c>.</summary>
    string Kind { get; }

    /// <summary>Gets the files that would be installed; none where there is an entry.</summary>
    IReadOnlyList<ScheduledFile> Files { get; }

    /// <summary>Gets the entry that would be installed; null where there are files.</summary>
    string? Entry { get; }

    /// <summary>Gets what people should know of the time that they chose, a line each.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Gets the coming runs, in the schedule's zone, endlessly.</summary>
    IEnumerable<DateTimeOffset> Runs { get; }

    /// <summary>Looks at what is installed now.</summary>
    Task<ScheduleState> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Installs it, or brings what is installed up to date. A second time changes nothing.</summary>
    /// <exception cref="UsageException">Something is in the way that is not ours.</exception>
    /// <exception cref="SchedulingException">A program of the system refused.</exception>
    Task<ScheduleChange> InstallAsync(CancellationToken cancellationToken);

    /// <summary>Removes exactly what was installed.</summary>
    /// <exception cref="UsageException">What is installed is not as it was written.</exception>
    /// <exception cref="SchedulingException">A program of the system refused.</exception>
    Task<ScheduleChange> RemoveAsync(CancellationToken cancellationToken);
}
