using System.CommandLine;
using Recollect.Cli.Output;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect schedule install</c>: lets nightly runs start by themselves.</summary>
internal static class ScheduleInstallCommand
{
    public static Command Create(CommandHost host)
    {
        var options = new ScheduleOptionSet();
        var command = new DocumentedCommand("install", """
            Installs a systemd timer, or an entry in your crontab, that starts "recollect nightly" in this folder.
            Installing again brings it up to date; what is up to date is left alone.

            Examples:
              recollect schedule install --at 03:00 --zone America/Chicago
              recollect schedule install --systemd --user
              recollect schedule install --cron --name work --config work.json
              recollect schedule install --system --unit-dir units/
            """);
        options.AddTo(command);
        command.SetAction(ScheduleCommand.Action(host, options, (scheduler, cancellationToken) => scheduler.InstallAsync(cancellationToken), Tell));
        return command;
    }

    private static void Tell(ScheduleJson json, CommandOutput output)
    {
        ScheduleCommand.Warn(json, output);
        output.People.WriteLine(json.Changed ? $"Installed for {Describe(json)}." : $"Already installed for {Describe(json)}; nothing changed.");
        SchedulePrinter.PrintCommands(json, "Where it runs, and once the files are where it looks for them", output.People);
        SchedulePrinter.PrintRuns(json, output.People);
    }

    private static string Describe(ScheduleJson json) => json.Entry is null
        ? $"{json.At} {json.Zone} as {string.Join(" and ", json.Files.Select(file => file.Path))}"
        : $"{json.At} {json.Zone} in the crontab of this user";
}
