namespace Recollect.Cli.Scheduling;

/// <summary>One night's run.</summary>
/// <param name="Date">The date in the schedule's zone.</param>
/// <param name="Instants">When the clocks show the time: once, twice, or not at all.</param>
internal sealed record Night(DateOnly Date, IReadOnlyList<DateTimeOffset> Instants)
{
    private const int Days = 731; // two years see every rule of daylight saving

    /// <summary>Gets the nights of the coming two years.</summary>
    public static IEnumerable<Night> OfTwoYears(DateTimeOffset now, TimeOnly at, TimeZoneInfo zone) => From(now, at, zone).Take(Days);

    /// <summary>Gets the nights from the day before an instant on, endlessly.</summary>
    public static IEnumerable<Night> From(DateTimeOffset instant, TimeOnly at, TimeZoneInfo zone)
    {
        for (var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime).AddDays(-1); ; date = date.AddDays(1))
        {
            yield return new(date, LocalTimes.InstantsOf(date.ToDateTime(at), zone));
        }
    }
}
