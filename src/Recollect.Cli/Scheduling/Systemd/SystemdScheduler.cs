using System.Globalization;
using System.Text;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling.Programs;

namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>Schedules by a service and a timer of systemd.</summary>
internal sealed class SystemdScheduler : IScheduler
{
    public const string KindName = "systemd";

    private const string Program = "systemctl";

    private readonly Schedule _schedule;
    private readonly SystemdTarget _target;
    private readonly IProgramRunner _programs;
    private readonly DateTimeOffset _now;
    private readonly string _timer;

    public SystemdScheduler(Schedule schedule, SystemdTarget target, IProgramRunner programs, DateTimeOffset now)
    {
        (_schedule, _target, _programs, _now, _timer) = (schedule, target, programs, now, $"{schedule.Name}-nightly.timer");
        var title = $"Nightly run of recollect ({schedule.Name})";
        Files =
        [
            new(Path.Combine(target.Folder, $"{schedule.Name}-nightly.service"), SystemdUnits.Service(schedule, title, target.Account, target.IsSystem)),
            new(Path.Combine(target.Folder, _timer), SystemdUnits.Timer(schedule, title)),
        ];
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
    public async Task<ScheduleState> InspectAsync(CancellationToken cancellationToken)
    {
        var (found, same) = (0, 0);
        foreach (var file in Files)
        {
            var text = await ReadAsync(file.Path, cancellationToken);
            found += text is null ? 0 : 1;
            same += string.Equals(text, file.Text, StringComparison.Ordinal) ? 1 : 0;
        }

        return new(found > 0, same == Files.Count && await IsOnAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ScheduleChange> InstallAsync(CancellationToken cancellationToken)
    {
        var (old, written) = (0, 0);
        foreach (var file in Files)
        {
            var text = await ReadOursAsync(file.Path, cancellationToken);
            old += text is null ? 0 : 1;
            written += string.Equals(text, file.Text, StringComparison.Ordinal) ? 0 : 1;
        }

        if (written > 0)
        {
            await WriteAsync();
        }

        if (!_target.IsLive)
        {
            return new(written > 0, written > 0 ? ByHand("daemon-reload", $"enable --now {_timer}") : []);
        }

        if (written == 0 && await IsOnAsync(cancellationToken))
        {
            return new(false, []);
        }

        await ControlAsync(["daemon-reload"], cancellationToken);
        await ControlAsync(["enable", "--now", _timer], cancellationToken);
        if (old > 0)
        {
            await ControlAsync(["restart", _timer], cancellationToken); // a running timer keeps its old time otherwise
        }

        return new(true, []);
    }

    /// <inheritdoc/>
    public async Task<ScheduleChange> RemoveAsync(CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        foreach (var file in Files)
        {
            if (await ReadOursAsync(file.Path, cancellationToken) is not null)
            {
                paths.Add(file.Path);
            }
        }

        if (paths.Count == 0)
        {
            return new(false, []);
        }

        if (_target.IsLive && paths.Contains(Files[^1].Path, StringComparer.Ordinal))
        {
            await ControlAsync(["disable", "--now", _timer], cancellationToken);
        }

        paths.ForEach(File.Delete);
        if (!_target.IsLive)
        {
            return new(true, ByHand($"disable --now {_timer}", "daemon-reload"));
        }

        await ControlAsync(["daemon-reload"], cancellationToken);
        return new(true, []);
    }

    private async Task WriteAsync()
    {
        if (_target.IsSystem && !Directory.Exists(_schedule.Job.DataFolder))
        {
            throw new UsageException($"{_schedule.Job.DataFolder} does not exist, so the service could not write its data and logs there. Make it, owned by the user who runs recollect, then install again.");
        }

        Directory.CreateDirectory(_target.Folder);
        foreach (var file in Files)
        {
            await AtomicFile.WriteAsync(file.Path, async stream =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(file.Text));
                return true;
            });
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead); // there is no secret in it
            }
        }
    }

    private IReadOnlyList<string> ByHand(params IEnumerable<string> commands) => [.. commands.Select(command => string.Join(' ', [Program, .. _target.Control(command)]))];

    private async Task<bool> IsOnAsync(CancellationToken cancellationToken) =>
        !_target.IsLive || (await AnswersAsync("is-enabled", cancellationToken) && await AnswersAsync("is-active", cancellationToken));

    private async Task<bool> AnswersAsync(string question, CancellationToken cancellationToken) =>
        (await _programs.RunAsync(Program, _target.Control(question, "--quiet", _timer), default, cancellationToken)).ExitCode == 0;

    private async Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await _programs.RunAsync(Program, _target.Control(arguments), default, cancellationToken);
        if (result.ExitCode != 0)
        {
            var said = result.Error.ReplaceLineEndings(" ").TrimEnd('.', '?', '!');
            var rights = _target.IsSystem ? "A unit of the system needs root; --user installs one for this user." : "A user's units need a session of that user, such as a login over SSH.";
            throw new SchedulingException(string.Create(CultureInfo.InvariantCulture, $"\"{Program} {string.Join(' ', _target.Control(arguments))}\" failed with exit code {result.ExitCode}{(said.Length > 0 ? $": {said}" : string.Empty)}. {rights}"));
        }
    }

    private static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : null;

    private static async Task<string?> ReadOursAsync(string path, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(path, cancellationToken);
        return text is null || text.StartsWith(SystemdUnits.Marker + "\n", StringComparison.Ordinal)
            ? text
            : throw new UsageException($"{path} was not written by recollect, so it is left alone. Choose another --name, or move the file away.");
    }
}
