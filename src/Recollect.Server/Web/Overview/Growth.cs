using System.Globalization;
using Recollect.Memorize.Stores;

namespace Recollect.Server.Web.Overview;

/// <summary>How memories became more, by days, weeks or months of a zone.</summary>
/// <param name="Unit">What the periods are: day, week or month.</param>
/// <param name="Periods">The periods, oldest first; none where nothing is stored.</param>
public sealed record Growth(string Unit, IReadOnlyList<GrowthPeriod> Periods)
{
    private const int MostDays = 31;
    private const int MostWeeks = 26;
    private const int MostMonths = 60; // of more than that, the last ones are shown
    private const int DaysOfWeek = 7;

    /// <summary>Counts them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="zone">The zone in which days begin.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    public static async ValueTask<Growth> ReadAsync(IMemoryGrowth store, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (await store.GetSpanAsync(cancellationToken) is not { } span)
        {
            return new("day", []);
        }

        var (unit, starts) = StartsOf(DayOf(span.First, zone), DayOf(span.Last, zone));
        DateTimeOffset[] borders = [DateTimeOffset.MinValue, .. starts.Select(day => BeginningOf(day, zone)), DateTimeOffset.MaxValue];
        var counts = await store.CountBetweenAsync(borders, cancellationToken);
        var total = counts[0];
        return new(unit, [.. starts.Select((day, i) => new GrowthPeriod(day.ToString(unit is "month" ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture), counts[i + 1], total += counts[i + 1]))]);
    }

    private static (string Unit, IReadOnlyList<DateOnly> Starts) StartsOf(DateOnly first, DateOnly last)
    {
        var days = last.DayNumber - first.DayNumber + 1;
        if (days <= MostDays)
        {
            return ("day", [.. Enumerable.Range(0, days).Select(first.AddDays)]);
        }

        var monday = DateOnly.FromDayNumber(Math.Max(0, first.DayNumber - (first.DayNumber % DaysOfWeek))); // day 0 was a Monday
        var weeks = ((last.DayNumber - monday.DayNumber) / DaysOfWeek) + 1;
        if (weeks <= MostWeeks)
        {
            return ("week", [.. Enumerable.Range(0, weeks).Select(week => monday.AddDays(DaysOfWeek * week))]);
        }

        var newest = new DateOnly(last.Year, last.Month, 1);
        var months = Math.Min(MostMonths, ((last.Year - first.Year) * 12) + last.Month - first.Month + 1);
        return ("month", [.. Enumerable.Range(0, months).Select(month => newest.AddMonths(month - months + 1))]);
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>Gets when a day begins; where its midnight is skipped, when the clock goes on.</summary>
    private static DateTimeOffset BeginningOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight); // the earlier of two
        var ticks = Math.Clamp(midnight.Ticks - offset.Ticks, 0, DateTimeOffset.MaxValue.UtcTicks);
        return new(ticks, TimeSpan.Zero);
    }
}
