using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Settings;
using Recollect.Runs;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect schedule</c>: lets systemd or cron start the nightly runs.</summary>
internal static class ScheduleCommand
{
    private const int ShownRuns = 3;

    public static Command Create(CommandHost host) => new DocumentedCommand("schedule", """
        Lets systemd or cron start "recollect nightly" every night at a local time, right through daylight saving.

        Examples:
          recollect schedule show
          recollect schedule install --at 03:00 --zone America/Chicago
          recollect schedule install --cron
          recollect schedule remove
        """)
    {
        ScheduleShowCommand.Create(host),
        ScheduleInstallCommand.Create(host),
        ScheduleRemoveCommand.Create(host),
    };

    /// <summary>Makes the action of one of the commands.</summary>
    /// <param name="host">Runs it.</param>
    /// <param name="options">Its options.</param>
    /// <param name="run">What it does with the scheduler.</param>
    /// <param name="tell">Tells people what was done.</param>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(
        CommandHost host, ScheduleOptionSet options, Func<IScheduler, CancellationToken, Task<ScheduleChange>> run, Action<ScheduleJson, CommandOutput> tell) =>
        host.Action(
            async (context, cancellationToken) =>
            {
                var schedule = Read(context, host, options.Name(context.Arguments));
                var scheduler = await context.Get<SchedulerFactory>().CreateAsync(schedule, options.Request(context.Arguments), cancellationToken);
                var change = await run(scheduler, cancellationToken);
                var json = Describe(schedule, scheduler, await scheduler.InspectAsync(cancellationToken), change);
                tell(json, context.Output);
                context.Output.WriteJson(json, static json => json.ScheduleJson);
                return ExitCodes.Done;
            },
            options.Settings);

    /// <summary>Warns of what is odd about the time.</summary>
    public static void Warn(ScheduleJson json, CommandOutput output)
    {
        foreach (var warning in json.Warnings)
        {
            output.Errors.WriteLine($"! {warning}");
        }
    }

    private static Schedule Read(CommandContext context, CommandHost host, string name)
    {
        var options = context.Get<IOptions<ScheduleOptions>>().Value;
        var config = context.Arguments.GetValue(host.Config) ?? (File.Exists(SettingsLoader.DefaultFile) ? SettingsLoader.DefaultFile : null);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Zone);
        return new()
        {
            Name = name,
            At = options.At,
            Zone = zone.Id.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '_' or '-' or '+') && zone.Id[0] != '/' ? zone
                : throw new UsageException($"Schedule:Zone is \"{options.Zone}\"; systemd and cron need the IANA name of the zone, such as \"America/Chicago\"."),
            Job = context.Get<ScheduledJobReader>().Read(["nightly"], config, context.Arguments.GetValue(host.DataRoot)),
        };
    }

    private static ScheduleJson Describe(Schedule schedule, IScheduler scheduler, ScheduleState state, ScheduleChange change) => new()
    {
        Kind = scheduler.Kind,
        Name = schedule.Name,
        At = schedule.At.ToString("HH':'mm", CultureInfo.InvariantCulture),
        Zone = schedule.Zone.Id,
        Installed = state.Installed,
        UpToDate = state.UpToDate,
        Changed = change.Changed,
        NextRuns = [.. scheduler.Runs.Take(ShownRuns).Select(run => new ScheduledRunJson(run, run.ToUniversalTime()))],
        Files = [.. scheduler.Files.Select(file => new ScheduledFileJson(file.Path, file.Text))],
        Entry = scheduler.Entry,
        Commands = change.Commands,
        Warnings = scheduler.Warnings,
    };
}
