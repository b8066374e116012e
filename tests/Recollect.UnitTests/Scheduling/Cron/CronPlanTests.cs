using System.Globalization;
using Recollect.Cli.Scheduling.Cron;
using Xunit;

namespace Recollect.UnitTests.Scheduling.Cron;

/// <summary>Two years of nights, for machines and schedules in zones that change their clocks in every way.</summary>
public sealed class CronPlanTests
{
    private const int Days = 731;

    private static readonly string[] Zones = ["America/Chicago", "Europe/Berlin", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "UTC", "Pacific/Chatham"];
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Dictionary<string, WallClock>> Clocks = new(() => Zones.ToDictionary(id => id, id => new WallClock(Schedules.Zone(id), Start, Days), StringComparer.Ordinal));
    private static readonly Lazy<Dictionary<string, CronClock>> Crons = new(() => Zones.ToDictionary(id => id, id => new CronClock(Clocks.Value[id]), StringComparer.Ordinal));

    [Theory]
    [InlineData("03:00")]
    [InlineData("00:15")]
    [InlineData("00:30")]
    [InlineData("01:00")]
    [InlineData("01:30")]
    [InlineData("01:45")]
    [InlineData("02:15")]
    [InlineData("02:30")]
    [InlineData("03:15")]
    [InlineData("12:00")]
    [InlineData("23:59")]
    public void Every_night_runs_exactly_once_at_the_local_time_or_is_named_as_left_out(string at)
    {
        foreach (var (zone, own) in Zones.SelectMany(_ => Zones, (zone, own) => (zone, own)))
        {
            var plan = Plan(at, zone, own);
            var missed = plan.Missed.Select(DayOf).ToHashSet();
            var runs = Crons.Value[own].Debian(plan).Select(Clocks.Value[zone].Shows).ToList();
            var wrong = runs.Where(shown => WallClock.OfDay(shown) != Minutes(at)).ToList();
            var nights = runs.Except(wrong).Select(WallClock.DayOf).ToList();
            var expected = Enumerable.Range(2, Days - 4).Where(day => !missed.Contains(day));

            if (plan.Entries.Count > 1)
            {
                Assert.True(wrong.Count == 0, $"{at} {zone} on a machine in {own}: {wrong.Count} runs at another time");
            }

            Assert.Equal(nights.Count, nights.Distinct().Count());
            var without = expected.Except(nights).ToList();
            Assert.True(without.Count <= wrong.Count, $"{at} {zone} on a machine in {own}: nothing runs on day {string.Join(", ", without)}"); // an entry without guard is made up for after a jump
            Assert.DoesNotContain(nights, missed.Contains);
        }
    }

    [Theory]
    [InlineData("03:00")]
    [InlineData("01:30")]
    [InlineData("02:30")]
    public void No_night_runs_twice_on_a_cron_that_fires_whenever_its_clock_shows_the_time(string at)
    {
        foreach (var (zone, own) in Zones.SelectMany(_ => Zones, (zone, own) => (zone, own)))
        {
            var plan = Plan(at, zone, own);
            if (plan.Entries.Count > 1)
            {
                var runs = Crons.Value[own].Simple(plan).Select(Clocks.Value[zone].Shows).ToList();

                Assert.All(runs, shown => Assert.Equal(Minutes(at), WallClock.OfDay(shown)));
                Assert.Equal(runs.Count, runs.Select(WallClock.DayOf).Distinct().Count());
                Assert.True(runs.Count >= Days - 4 - plan.Missed.Count);
            }
        }
    }

    [Fact]
    public void A_machine_in_UTC_gets_an_entry_for_each_hour_of_UTC_with_a_guard_on_the_local_hour()
    {
        var lines = Plan("03:00", "America/Chicago", "UTC").Entries.Select(entry => entry.ToLine("run"));

        Assert.Equal(
            [
                """0 8 * * * [ "$(TZ='America/Chicago' date +\%H)" = 03 ] || exit 0; run""",
                """0 9 * * * [ "$(TZ='America/Chicago' date +\%H)" = 03 ] || exit 0; run""",
            ],
            lines,
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("03:00", "America/Chicago", "America/Chicago", "0 3 * * * run")]
    [InlineData("03:00", "America/Chicago", "America/Menominee", "0 3 * * * run")]
    [InlineData("03:00", "UTC", "UTC", "0 3 * * * run")]
    [InlineData("03:00", "Asia/Kolkata", "UTC", "30 21 * * * run")]
    [InlineData("03:05", "Europe/London", "Europe/Berlin", "5 4 * * * run")]
    public void Where_one_time_of_the_machine_is_always_right_there_is_one_entry_without_guard(string at, string zone, string own, string line)
    {
        Assert.Equal([line], Plan(at, zone, own).Entries.Select(entry => entry.ToLine("run")), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("02:30", "America/Chicago", "UTC", "2027-03-14", "2028-03-12")]
    [InlineData("02:15", "Australia/Lord_Howe", "UTC", "2027-10-03", "2028-10-01")]
    [InlineData("03:00", "Pacific/Chatham", "UTC", "2027-09-26", "2028-09-24")]
    [InlineData("01:30", "UTC", "Europe/Berlin", "2027-10-31", "2028-10-29")]
    [InlineData("03:00", "America/Chicago", "UTC")]
    [InlineData("01:30", "America/Chicago", "UTC")]
    public void The_nights_that_are_left_out_are_named(string at, string zone, string own, params string[] dates)
    {
        Assert.Equal(dates, Plan(at, zone, own).Missed.Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), StringComparer.Ordinal);
    }

    [Fact]
    public void The_plan_is_the_same_on_every_day_so_that_installing_again_changes_nothing()
    {
        foreach (var (zone, own) in new[] { ("America/Chicago", "UTC"), ("Australia/Lord_Howe", "Europe/Berlin"), ("Europe/Berlin", "America/Chicago") })
        {
            var plans = Enumerable.Range(0, 53).Select(week => string.Join('\n', Plan("01:30", zone, own, Start.AddDays(7 * week)).Entries.Select(entry => entry.ToLine("run"))));

            Assert.Single(plans.Distinct(StringComparer.Ordinal));
        }
    }

    private static CronPlan Plan(string at, string zone, string own, DateTimeOffset? now = null) =>
        CronPlan.Create(TimeOnly.ParseExact(at, "HH:mm", CultureInfo.InvariantCulture), Schedules.Zone(zone), Schedules.Zone(own), now ?? Start);

    private static int Minutes(string at) => (int)TimeOnly.ParseExact(at, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static int DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(Start.UtcDateTime).DayNumber;
}
