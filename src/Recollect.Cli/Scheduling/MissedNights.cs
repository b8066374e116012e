using System.Globalization;

namespace Recollect.Cli.Scheduling;

/// <summary>Tells people of the nights on which clocks are changed at just the time that they chose.</summary>
internal static class MissedNights
{
    /// <summary>Warns of them in a line.</summary>
    /// <param name="schedule">What they chose.</param>
    /// <param name="missedAt">Gives the dates on which there is no run at a time of day.</param>
    public static IReadOnlyList<string> Warn(Schedule schedule, Func<TimeOnly, IReadOnlyList<DateOnly>> missedAt)
    {
        if (missedAt(schedule.At) is not [var first, ..])
        {
            return [];
        }

        var better = Enumerable.Range(schedule.At.Hour + 1, 24).Select(hour => new TimeOnly(hour % 24, 0)).Where(at => missedAt(at).Count == 0).Select(at => (TimeOnly?)at).FirstOrDefault();
        var advice = better is { } time ? string.Create(CultureInfo.InvariantCulture, $" At {time:HH':'mm} no night is left out.") : string.Empty;
        return [string.Create(CultureInfo.InvariantCulture,
            $"No run at {schedule.At:HH':'mm} {schedule.Zone.Id} on {first:d MMMM yyyy}, when clocks are changed at that time; the next night catches up.{advice}")];
    }
}
