using System.Globalization;
using System.Text;

namespace Recollect.Cli.Scheduling.Cron;

/// <summary>Schedules by entries in the user's crontab.</summary>
internal sealed class CronScheduler(Schedule schedule, Crontab crontab, TimeZoneInfo own, DateTimeOffset now) : IScheduler
{
    public const string KindName = "cron";

    private readonly CronPlan _plan = CronPlan.Create(schedule.At, schedule.Zone, own, now);

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public IReadOnlyList<ScheduledFile> Files => [];

    /// <inheritdoc/>
    public string Entry => Lines;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => MissedNights.Warn(schedule, at => CronPlan.Create(at, schedule.Zone, own, now).Missed);

    /// <inheritdoc/>
    public IEnumerable<DateTimeOffset> Runs => Night.From(now, schedule.At, schedule.Zone)
        .Where(night => !_plan.Missed.Contains(night.Date))
        .Select(night => night.Instants.Count > 0 ? night.Instants[0] : LocalTimes.JumpOver(night.Date.ToDateTime(schedule.At), schedule.Zone)) // an entry without guard is made up for
        .Where(instant => instant > now);

    private string Lines
    {
        get
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"# Nightly run at {schedule.At:HH':'mm} {schedule.Zone.Id}. \"recollect schedule install\" replaces these lines, \"recollect schedule remove\" cuts them out.\n");
            text.Append("# Secrets are not written here: the program reads .env in its working folder. What it says is mailed if it fails.\n");
            foreach (var entry in _plan.Entries)
            {
                text.Append(entry.ToLine(Command)).Append('\n');
            }

            return text.ToString();
        }
    }

    /// <summary>Says everything when the exit code is not 0, and nothing else, so that cron mails failures only.</summary>
    private string Command
    {
        get
        {
            var job = schedule.Job;
            var dotnet = job.DotnetRoot is { } root ? $"DOTNET_ROOT={ShellText.Quote(root)} " : string.Empty;
            var run = string.Join(' ', job.Arguments.Prepend(job.Program).Select(ShellText.Quote));
            return $"cd {ShellText.Quote(job.WorkingFolder)} && out=$({dotnet}{run} 2>&1) || {{ code=$?; printf '%s\\n' \"$out\"; exit $code; }}";
        }
    }

    /// <summary>Gets the lines as a crontab holds them: UTF-8, a character for each byte.</summary>
    private string Bytes => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Lines));

    /// <inheritdoc/>
    public async Task<ScheduleState> InspectAsync(CancellationToken cancellationToken)
    {
        var block = await crontab.ReadAsync(cancellationToken) is { } text ? CrontabText.Parse(text, schedule.Name).Block : null;
        return new(block is not null, string.Equals(block?.Lines, Bytes, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public async Task<ScheduleChange> InstallAsync(CancellationToken cancellationToken)
    {
        var old = await crontab.ReadAsync(cancellationToken);
        var text = CrontabText.With(old, schedule.Name, Bytes);
        var isChanged = !string.Equals(old, text, StringComparison.Ordinal);
        if (isChanged)
        {
            await crontab.WriteAsync(text, cancellationToken);
        }

        return new(isChanged, []);
    }

    /// <inheritdoc/>
    public async Task<ScheduleChange> RemoveAsync(CancellationToken cancellationToken)
    {
        if (await crontab.ReadAsync(cancellationToken) is not { } old || CrontabText.Parse(old, schedule.Name) is not { Block: not null } text)
        {
            return new(false, []);
        }

        await crontab.WriteAsync(text.WithoutBlock(), cancellationToken);
        return new(true, []);
    }
}
