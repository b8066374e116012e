using System.Globalization;
using Recollect.Runs;
using Recollect.Server.Schedule;
using Xunit;

namespace Recollect.UnitTests.Server;

public sealed class NightlyTriggerTests
{
    [Theory]
    [InlineData("UTC", "03:00", "2026-01-05T04:00Z", "2026-01-06T03:00Z", "2026-01-07T03:00Z")]
    [InlineData("America/Chicago", "03:00", "2026-03-07T00:00Z", "2026-03-07T09:00Z", "2026-03-08T08:00Z", "2026-03-09T08:00Z")]
    [InlineData("America/Chicago", "02:30", "2026-03-07T00:00Z", "2026-03-07T08:30Z", "2026-03-08T08:00Z", "2026-03-09T07:30Z")] // 02:30 is not there on the 8th: the first minute after it
    [InlineData("America/Chicago", "01:30", "2026-10-31T00:00Z", "2026-10-31T06:30Z", "2026-11-01T06:30Z", "2026-11-02T07:30Z")] // 01:30 is there twice on the 1st: the first of the two
    [InlineData("America/Chicago", "03:00", "2026-10-31T00:00Z", "2026-10-31T08:00Z", "2026-11-01T09:00Z", "2026-11-02T09:00Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-28T00:00Z", "2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-24T00:00Z", "2026-10-24T00:30Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [InlineData("Europe/Berlin", "03:00", "2026-10-24T00:00Z", "2026-10-24T01:00Z", "2026-10-25T02:00Z", "2026-10-26T02:00Z")]
    public void It_fires_once_a_night_at_the_time_of_the_zone(string zone, string at, string since, params string[] expected)
    {
        var options = new ScheduleOptions { At = TimeOnly.Parse(at, CultureInfo.InvariantCulture), Zone = zone };
        var trigger = NightlyTrigger.Create(options, Moment(since), TimeProvider.System);

        var fired = new List<DateTimeOffset>();
        for (var next = trigger.GetFireTimeAfter(Moment(since)); fired.Count < expected.Length; next = trigger.GetFireTimeAfter(next))
        {
            fired.Add(next!.Value);
        }

        Assert.Equal(expected.Select(Moment), fired);
    }

    [Theory]
    [InlineData("America/Chicago")]
    [InlineData("Europe/Berlin")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void In_no_year_is_a_night_left_out_or_run_twice(string zone)
    {
        var trigger = NightlyTrigger.Create(new() { At = new(2, 15), Zone = zone }, Moment("2026-01-01T00:00Z"), TimeProvider.System);

        var nights = new List<DateOnly>();
        for (var next = trigger.GetFireTimeAfter(Moment("2026-01-01T00:00Z")); nights.Count < 800; next = trigger.GetFireTimeAfter(next))
        {
            nights.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(next!.Value, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime));
        }

        Assert.Equal(Enumerable.Range(0, nights.Count).Select(nights[0].AddDays), nights);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
