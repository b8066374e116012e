namespace Recollect.Cli.Scheduling.Cron;

/// <summary>The entries that start a run at a local time of any zone from a cron that knows only its own.</summary>
internal sealed record CronPlan
{
    /// <summary>Gets the entries: one for each time of cron's clock at which the run may be due.</summary>
    public required IReadOnlyList<CronEntry> Entries { get; init; }

    /// <summary>Gets the dates in the schedule's zone on which no entry starts a run.</summary>
    public required IReadOnlyList<DateOnly> Missed { get; init; }

    /// <summary>Makes the plan for the coming two years.</summary>
    /// <param name="at">The time of day, in <paramref name="zone"/>.</param>
    /// <param name="zone">The schedule's zone.</param>
    /// <param name="own">The zone of cron's own clock.</param>
    /// <param name="now">From when on.</param>
    public static CronPlan Create(TimeOnly at, TimeZoneInfo zone, TimeZoneInfo own, DateTimeOffset now)
    {
        if (zone.HasSameRules(own))
        {
            return new() { Entries = [new(at, [])], Missed = [] };
        }

        var nights = Night.OfTwoYears(now, at, zone).ToList();
        var times = nights.SelectMany(night => night.Instants.Take(1)).Select(instant => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, own).DateTime)).Distinct().Order().ToList();
        if (times.Count == 1)
        {
            return new() { Entries = [new(times[0], [])], Missed = [] };
        }

        var toTheMinute = times.Select(time => time.Minute).Distinct().Skip(1).Any();
        var guard = new CronGuard { Zone = zone, Shows = at, ToTheMinute = toTheMinute };
        var shownTwice = nights.Where(night => night.Instants.Count > 1).Select(night => guard with { NotAgo = night.Instants[1] - night.Instants[0] }).Distinct();
        CronGuard[] always = [guard, .. shownTwice];
        return new()
        {
            Entries = [.. times.Select(time => new CronEntry(time, [.. always, .. OwnClock(time, own, now, toTheMinute)]))],
            Missed = [.. nights.Where(night => night.Instants.Count == 0 || IsShownAgain(night.Instants[0], own)).Select(night => night.Date)],
        };
    }

    /// <summary>Cron makes up at once for times that its clock skips; another entry is due at the right moment.</summary>
    private static IEnumerable<CronGuard> OwnClock(TimeOnly time, TimeZoneInfo own, DateTimeOffset now, bool toTheMinute) =>
        Night.OfTwoYears(now, time, own).Any(night => night.Instants.Count == 0)
            ? [new() { Zone = own, IsCronsOwn = true, Shows = time, ToTheMinute = toTheMinute }]
            : [];

    /// <summary>Cron starts nothing for a second time in the hour that its clock shows twice.</summary>
    private static bool IsShownAgain(DateTimeOffset instant, TimeZoneInfo own) =>
        LocalTimes.InstantsOf(TimeZoneInfo.ConvertTime(instant, own).DateTime, own) is [var first, _] && first != instant;
}
