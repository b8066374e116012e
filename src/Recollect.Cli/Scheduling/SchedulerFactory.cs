using System.Text;
using Recollect.Cli.Scheduling.Cron;
using Recollect.Cli.Scheduling.Programs;
using Recollect.Cli.Scheduling.Systemd;

namespace Recollect.Cli.Scheduling;

/// <summary>Chooses who starts the runs on this machine.</summary>
internal sealed class SchedulerFactory(Machine machine, IProgramRunner programs, TimeProvider time)
{
    /// <exception cref="UsageException">The machine has nothing that could, or what was asked for does not go together.</exception>
    public async Task<IScheduler> CreateAsync(Schedule schedule, SchedulerRequest request, CancellationToken cancellationToken)
    {
        var kind = request.Kind
            ?? (request.IsSystem is not null || request.UnitFolder is not null || machine.RunsSystemd ? SystemdScheduler.KindName
            : machine.Has("crontab") ? CronScheduler.KindName
            : throw new UsageException("There is neither a running systemd nor a crontab command here. Install cron (Debian: apt-get install cron), or write unit files for another machine with --systemd --unit-dir FOLDER."));
        if (kind is CronScheduler.KindName)
        {
            return request.IsSystem is null && request.UnitFolder is null
                ? new CronScheduler(schedule, new Crontab(programs), machine.Zone, time.GetUtcNow())
                : throw new UsageException("--system, --user and --unit-dir are about systemd's units; leave them out with --cron.");
        }

        return new SystemdScheduler(schedule, await TargetAsync(schedule.Job, request, cancellationToken), programs, time.GetUtcNow());
    }

    /// <summary>Makes what installs the service of a bot.</summary>
    /// <param name="name">Tells it from others on the machine.</param>
    /// <param name="job">What it runs.</param>
    /// <param name="request">Where the unit goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">The machine has no systemd, and no folder for the unit was named.</exception>
    public async Task<SystemdInstaller> CreateServiceAsync(string name, ScheduledJob job, SchedulerRequest request, CancellationToken cancellationToken)
    {
        if (!machine.RunsSystemd && request.UnitFolder is null)
        {
            throw new UsageException("No systemd runs here. Write the unit file for another machine with --unit-dir FOLDER, or run \"recollect bot whatsapp\" under what starts services here.");
        }

        var target = await TargetAsync(job, request, cancellationToken);
        var unit = $"{name}-bot.service";
        var text = SystemdUnits.BotService(job, $"WhatsApp bot of recollect ({name})", target.Account, target.IsSystem);
        return new([new(Path.Combine(target.Folder, unit), text)], unit, SystemdUnits.BotMarker, job.DataFolder, target, programs);
    }

    private async Task<SystemdTarget> TargetAsync(ScheduledJob job, SchedulerRequest request, CancellationToken cancellationToken)
    {
        var isSystem = request.IsSystem ?? machine.IsRoot;
        return new()
        {
            Folder = Path.GetFullPath(request.UnitFolder ?? FolderOf(isSystem)),
            IsSystem = isSystem,
            IsLive = machine.RunsSystemd && request.UnitFolder is null,
            Account = isSystem ? await OwnerAsync(job.DataRoot, cancellationToken) : null,
        };
    }

    private string FolderOf(bool isSystem) =>
        isSystem ? "/etc/systemd/system"
        : machine.ConfigHome is { } home ? Path.Combine(home, "systemd", "user")
        : throw new UsageException("HOME is not set, so there is no place for a user's units; name a folder with --unit-dir.");

    /// <summary>Gets who owns the data, or what it will lie in: root without capabilities may not write what others own.</summary>
    private async Task<string?> OwnerAsync(string path, CancellationToken cancellationToken)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        var result = await programs.RunAsync("stat", ["-L", "-c", "%U %u", "--", path], default, cancellationToken);
        var words = Encoding.UTF8.GetString(result.Output).Trim().Split(' ');
        return (result.ExitCode, words) switch
        {
            (0, [_, "0"]) => null,
            (0, ["UNKNOWN", var number]) => number,
            (0, [var name, _]) => name,
            _ => throw new SchedulingException($"The owner of {path} cannot be found out: {result.Error}"),
        };
    }
}
