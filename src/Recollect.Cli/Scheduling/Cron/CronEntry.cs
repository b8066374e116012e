using System.Globalization;

namespace Recollect.Cli.Scheduling.Cron;

/// <summary>A line of a crontab: every day at a time of cron's own clock, if the guards hold.</summary>
internal sealed record CronEntry(TimeOnly At, IReadOnlyList<CronGuard> Guards)
{
    /// <summary>Writes the line.</summary>
    /// <param name="command">The command for the shell, without cron's escapes.</param>
    public string ToLine(string command)
    {
        var guards = Guards.Count == 0 ? string.Empty : $"{string.Join(" && ", Guards.Select(guard => guard.ToShell()))} || exit 0; ";
        var escaped = (guards + command).Replace("%", "\\%", StringComparison.Ordinal); // cron ends a command at a bare percent sign
        return string.Create(CultureInfo.InvariantCulture, $"{At.Minute} {At.Hour} * * * {escaped}");
    }
}
