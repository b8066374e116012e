using System.Globalization;

namespace Recollect.Cli.Output;

/// <summary>Tells people what is scheduled.</summary>
internal static class SchedulePrinter
{
    /// <summary>Prints what would be installed, and whether it is.</summary>
    public static void PrintAll(ScheduleJson schedule, TextWriter output)
    {
        foreach (var file in schedule.Files)
        {
            output.WriteLine($"# {file.Path}\n{file.Text}");
        }

        if (schedule.Entry is { } entry)
        {
            output.WriteLine($"# the crontab of this user\n{entry}");
        }

        output.WriteLine(!schedule.Installed ? "Not installed: this is what \"recollect schedule install\" would install."
            : schedule.UpToDate ? "Installed as shown."
            : "Installed, but not as shown or not started: \"recollect schedule install\" brings it up to date.");
        PrintRuns(schedule, output);
    }

    /// <summary>Prints the coming runs.</summary>
    public static void PrintRuns(ScheduleJson schedule, TextWriter output)
    {
        output.WriteLine($"Next runs ({schedule.Zone}):");
        foreach (var run in schedule.NextRuns)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {run.Local:ddd yyyy-MM-dd HH:mm} = {run.Utc:ddd yyyy-MM-dd HH:mm} UTC"));
        }
    }

    /// <summary>Prints what is left to do by hand.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="where">Where it is to be done.</param>
    /// <param name="output">Takes the text.</param>
    public static void PrintCommands(ScheduleJson schedule, string where, TextWriter output)
    {
        if (schedule.Commands.Count > 0)
        {
            output.WriteLine($"systemd was not told. {where}, run:");
        }

        foreach (var command in schedule.Commands)
        {
            output.WriteLine($"  {command}");
        }
    }
}
