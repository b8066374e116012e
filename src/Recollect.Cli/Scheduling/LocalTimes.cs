namespace Recollect.Cli.Scheduling;

/// <summary>Finds the instants at which the clocks of a zone show a time.</summary>
internal static class LocalTimes
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Gets the instants, the first one first: usually one, none when the clocks skip the time, two when they show it twice.</summary>
    public static IReadOnlyList<DateTimeOffset> InstantsOf(DateTime wall, TimeZoneInfo zone)
    {
        var (before, after) = OffsetsAround(wall, zone);
        TimeSpan[] offsets = before == after ? [before] : [before, after];
        return [.. offsets.Select(offset => new DateTimeOffset(wall, offset)).Where(instant => zone.GetUtcOffset(instant) == instant.Offset).Order()];
    }

    /// <summary>Gets the instant at which the clocks jump over a time that they skip.</summary>
    public static DateTimeOffset JumpOver(DateTime wall, TimeZoneInfo zone)
    {
        var (before, after) = OffsetsAround(wall, zone);
        var (early, late) = (new DateTimeOffset(wall, after), new DateTimeOffset(wall, before)); // the jump lies between
        while (late - early > TimeSpan.FromSeconds(1))
        {
            var middle = early + ((late - early) / 2);
            (early, late) = zone.GetUtcOffset(middle) == before ? (middle, late) : (early, middle);
        }

        return TimeZoneInfo.ConvertTime(new DateTimeOffset(late.Ticks - (late.Ticks % TimeSpan.TicksPerSecond), late.Offset), zone);
    }

    private static (TimeSpan Before, TimeSpan After) OffsetsAround(DateTime wall, TimeZoneInfo zone)
    {
        var middle = new DateTimeOffset(wall, TimeSpan.Zero);
        return (zone.GetUtcOffset(middle - Day), zone.GetUtcOffset(middle + Day));
    }
}
