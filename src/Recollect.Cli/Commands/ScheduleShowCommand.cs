using System.CommandLine;
using Recollect.Cli.Output;
using Recollect.Cli.Scheduling;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect schedule show</c>: what would be installed, and what is.</summary>
internal static class ScheduleShowCommand
{
    public static Command Create(CommandHost host)
    {
        var options = new ScheduleOptionSet();
        var command = new DocumentedCommand("show", """
            Shows what would be installed, whether it is installed now, and the next three runs. Changes nothing.

            Examples:
              recollect schedule show
              recollect schedule show --cron --at 03:00 --zone America/Chicago
            """);
        options.AddTo(command);
        command.SetAction(ScheduleCommand.Action(host, options, (_, _) => Task.FromResult(new ScheduleChange(Changed: false, [])), Tell));
        return command;
    }

    private static void Tell(ScheduleJson json, CommandOutput output)
    {
        ScheduleCommand.Warn(json, output);
        SchedulePrinter.PrintAll(json, output.People);
    }
}
