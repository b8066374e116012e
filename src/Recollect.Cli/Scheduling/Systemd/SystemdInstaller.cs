using System.Globalization;
using System.Text;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling.Programs;

namespace Recollect.Cli.Scheduling.Systemd;

/// <summary>Installs unit files, starts one of the units, and takes all of it back.</summary>
/// <param name="files">The unit files; the last one is that of the unit.</param>
/// <param name="unit">The unit that is enabled and started.</param>
/// <param name="marker">The first line of every file that is ours.</param>
/// <param name="dataFolder">The folder that the program writes to.</param>
/// <param name="target">Where they go.</param>
/// <param name="programs">Runs <c>systemctl</c>.</param>
internal sealed class SystemdInstaller(IReadOnlyList<ScheduledFile> files, string unit, string marker, string dataFolder, SystemdTarget target, IProgramRunner programs)
{
    private const string Program = "systemctl";

    /// <summary>Gets the unit files.</summary>
    public IReadOnlyList<ScheduledFile> Files => files;

    /// <summary>Looks at what is installed now.</summary>
    public async Task<ScheduleState> InspectAsync(CancellationToken cancellationToken)
    {
        var (found, same) = (0, 0);
        foreach (var file in files)
        {
            var text = await ReadAsync(file.Path, cancellationToken);
            found += text is null ? 0 : 1;
            same += string.Equals(text, file.Text, StringComparison.Ordinal) ? 1 : 0;
        }

        return new(found > 0, same == files.Count && await IsOnAsync(cancellationToken));
    }

    /// <summary>Installs them and starts the unit, or brings what is installed up to date. A second time changes nothing.</summary>
    /// <exception cref="UsageException">Something is in the way that is not ours.</exception>
    /// <exception cref="SchedulingException"><c>systemctl</c> refused.</exception>
    public async Task<ScheduleChange> InstallAsync(CancellationToken cancellationToken)
    {
        var (old, written) = (0, 0);
        foreach (var file in files)
        {
            var text = await ReadOursAsync(file.Path, cancellationToken);
            old += text is null ? 0 : 1;
            written += string.Equals(text, file.Text, StringComparison.Ordinal) ? 0 : 1;
        }

        if (written > 0)
        {
            await WriteAsync();
        }

        if (!target.IsLive)
        {
            return new(written > 0, written > 0 ? ByHand("daemon-reload", $"enable --now {unit}") : []);
        }

        if (written == 0 && await IsOnAsync(cancellationToken))
        {
            return new(false, []);
        }

        await ControlAsync(["daemon-reload"], cancellationToken);
        await ControlAsync(["enable", "--now", unit], cancellationToken);
        if (old > 0)
        {
            await ControlAsync(["restart", unit], cancellationToken); // a running timer keeps its old time otherwise
        }

        return new(true, []);
    }

    /// <summary>Stops the unit and removes exactly what was installed.</summary>
    /// <exception cref="UsageException">What is installed is not as it was written.</exception>
    /// <exception cref="SchedulingException"><c>systemctl</c> refused.</exception>
    public async Task<ScheduleChange> RemoveAsync(CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        foreach (var file in files)
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

        if (target.IsLive && paths.Contains(files[^1].Path, StringComparer.Ordinal))
        {
            await ControlAsync(["disable", "--now", unit], cancellationToken);
        }

        paths.ForEach(File.Delete);
        if (!target.IsLive)
        {
            return new(true, ByHand($"disable --now {unit}", "daemon-reload"));
        }

        await ControlAsync(["daemon-reload"], cancellationToken);
        return new(true, []);
    }

    /// <summary>Starts or stops the unit.</summary>
    /// <param name="verb"><c>start</c> or <c>stop</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="UsageException">No systemd runs here.</exception>
    /// <exception cref="SchedulingException"><c>systemctl</c> refused.</exception>
    public Task SwitchAsync(string verb, CancellationToken cancellationToken) => target.IsLive
        ? ControlAsync([verb, unit], cancellationToken)
        : throw new UsageException($"No systemd is asked here. Where the unit is installed, run: {ByHand($"{verb} {unit}")[0]}");

    /// <summary>Tells whether the unit runs now; null where no systemd is asked.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<bool?> IsRunningAsync(CancellationToken cancellationToken) => target.IsLive ? await AnswersAsync("is-active", cancellationToken) : null;

    private async Task WriteAsync()
    {
        if (target.IsSystem && !Directory.Exists(dataFolder))
        {
            throw new UsageException($"{dataFolder} does not exist, so the service could not write its data and logs there. Make it, owned by the user who runs recollect, then install again.");
        }

        Directory.CreateDirectory(target.Folder);
        foreach (var file in files)
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

    private IReadOnlyList<string> ByHand(params IEnumerable<string> commands) => [.. commands.Select(command => string.Join(' ', [Program, .. target.Control(command)]))];

    private async Task<bool> IsOnAsync(CancellationToken cancellationToken) =>
        !target.IsLive || (await AnswersAsync("is-enabled", cancellationToken) && await AnswersAsync("is-active", cancellationToken));

    private async Task<bool> AnswersAsync(string question, CancellationToken cancellationToken) =>
        (await programs.RunAsync(Program, target.Control(question, "--quiet", unit), default, cancellationToken)).ExitCode == 0;

    private async Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await programs.RunAsync(Program, target.Control(arguments), default, cancellationToken);
        if (result.ExitCode != 0)
        {
            var said = result.Error.ReplaceLineEndings(" ").TrimEnd('.', '?', '!');
            var rights = target.IsSystem ? "A unit of the system needs root; --user installs one for this user." : "A user's units need a session of that user, such as a login over SSH.";
            throw new SchedulingException(string.Create(CultureInfo.InvariantCulture, $"\"{Program} {string.Join(' ', target.Control(arguments))}\" failed with exit code {result.ExitCode}{(said.Length > 0 ? $": {said}" : string.Empty)}. {rights}"));
        }
    }

    private static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : null;

    private async Task<string?> ReadOursAsync(string path, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(path, cancellationToken);
        return text is null || text.StartsWith(marker + "\n", StringComparison.Ordinal)
            ? text
            : throw new UsageException($"{path} was not written by recollect, so it is left alone. Choose another --name, or move the file away.");
    }
}
