namespace Recollect.UnitTests.Scheduling.Cron;

/// <summary>What the clock of a zone shows, minute by minute.</summary>
internal sealed class WallClock
{
    public const int MinutesADay = 24 * 60;

    private const int Step = 15; // clocks are changed at quarters of an hour

    private readonly DateTimeOffset _start;
    private readonly int[] _offsets;

    public WallClock(TimeZoneInfo zone, DateTimeOffset start, int days)
    {
        _start = start;
        _offsets = [.. Enumerable.Range(0, (days * MinutesADay / Step) + 1).Select(i => (int)zone.GetUtcOffset(start.AddMinutes(i * Step)).TotalMinutes)];
        Minutes = days * MinutesADay;
    }

    public int Minutes { get; }

    /// <summary>Gets the minutes that the clock is ahead of the start's date, counted in UTC.</summary>
    public int Shows(int minute) => minute + _offsets[minute / Step];

    public DateTimeOffset InstantOf(int minute) => _start.AddMinutes(minute);

    public static int OfDay(int shown) => ((shown % MinutesADay) + MinutesADay) % MinutesADay;

    public static int DayOf(int shown) => (int)Math.Floor((double)shown / MinutesADay);
}
