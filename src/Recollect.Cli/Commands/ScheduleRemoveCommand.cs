using System.CommandLine;
using Recollect.Cli.Output;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect schedule remove</c>: takes back what was installed.</summary>
internal static class ScheduleRemoveCommand
{
    public static Command Create(CommandHost host)
    {
        var options = new ScheduleOptionSet();
        var command = new DocumentedCommand("remove", """
            Removes exactly what "recollect schedule install" installed; the crontab becomes what it was, byte for byte.

            Examples:
              recollect schedule remove
              recollect schedule remove --cron --name work
            """);
        options.AddTo(command);
        command.SetAction(ScheduleCommand.Action(host, options, (scheduler, cancellationToken) => scheduler.RemoveAsync(cancellationToken), Tell));
        return command;
    }

    private static void Tell(ScheduleJson json, CommandOutput output)
    {
        output.People.WriteLine(json.Changed
            ? $"Removed the {json.Kind} schedule \"{json.Name}\"."
            : $"Nothing to remove: there is no {json.Kind} schedule \"{json.Name}\" installed here.");
        SchedulePrinter.PrintCommands(json, "Where the timer was enabled", output.People);
    }
}
