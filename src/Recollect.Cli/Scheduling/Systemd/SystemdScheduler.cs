using Recollect.Cli.Scheduling.Programs;

namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>Schedules by a service and a timer of systemd.</summary>
internal sealed class SystemdScheduler : IScheduler
{
    public const string KindName = "systemd";

    private readonly Schedule _schedule;
    private readonly DateTimeOffset _now;
    private readonly SystemdInstaller _installer;

    public SystemdScheduler(Schedule schedule, SystemdTarget target, IProgramRunner programs, DateTimeOffset now)
    {
        (_schedule, _now) = (schedule, now);
        var timer = $"{schedule.Name}-nightly.timer";
        var title = $"Nightly run of recollect ({schedule.Name})";
        Files =
        [
            new(Path.Combine(target.Folder, $"{schedule.Name}-nightly.service"), SystemdUnits.Service(schedule, title, target.Account, target.IsSystem)),
            new(Path.Combine(target.Folder, timer), SystemdUnits.Timer(schedule, title)),
        ];
        _installer = new(Files, timer, SystemdUnits.Marker, schedule.Job.DataFolder, target, programs);
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public IReadOnlyList<ScheduledFile> Files { get; }

    /// <inheritdoc/>
    public string? Entry => null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => MissedNights.Warn(
        _schedule, at => [.. Night.OfTwoYears(_now, at, _schedule.Zone).Where(night => night.Instants.Count == 0).Select(night => night.Date)]);

    /// <inheritdoc/>
    public IEnumerable<DateTimeOffset> Runs =>
        Night.From(_now, _schedule.At, _schedule.Zone).SelectMany(night => night.Instants.Take(1)).Where(instant => instant > _now);

    /// <inheritdoc/>
    public Task<ScheduleState> InspectAsync(CancellationToken cancellationToken) => _installer.InspectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ScheduleChange> InstallAsync(CancellationToken cancellationToken) => _installer.InstallAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ScheduleChange> RemoveAsync(CancellationToken cancellationToken) => _installer.RemoveAsync(cancellationToken);
}
