using Recollect.Memorize.Stores;
using Recollect.Server.Web.Overview;
using Xunit;

namespace Recollect.UnitTests.Server;

public sealed class GrowthTests
{
    [Fact]
    public async Task Nothing_has_no_periods() => Assert.Empty((await ReadAsync("UTC")).Periods);

    [Fact]
    public async Task Up_to_a_month_is_shown_by_days_of_the_zone()
    {
        var growth = await ReadAsync("Asia/Tokyo", "2026-01-01T14:59:59Z", "2026-01-01T15:00:00Z", "2026-01-04T00:00:00Z");
        Assert.Equal("day", growth.Unit);
        Assert.Equal([new("2026-01-01", 1, 1), new("2026-01-02", 1, 2), new("2026-01-03", 0, 2), new("2026-01-04", 1, 3)], growth.Periods);
    }

    [Fact]
    public async Task Up_to_half_a_year_is_shown_by_weeks_from_monday()
    {
        var growth = await ReadAsync("UTC", "2026-01-04T23:59:59Z", "2026-01-05T00:00:00Z", "2026-02-04T00:00:00Z"); // a Sunday, a Monday
        Assert.Equal("week", growth.Unit);
        Assert.Equal(["2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"], growth.Periods.Select(period => period.Start), StringComparer.Ordinal);
        Assert.Equal([1, 1, 0, 0, 0, 1], growth.Periods.Select(period => period.Memories));
    }

    [Fact]
    public async Task More_is_shown_by_months_of_which_the_last_sixty_are_shown_and_the_others_counted()
    {
        var growth = await ReadAsync("America/New_York", "1990-01-01T00:00:00Z", "2026-03-01T04:59:59Z", "2026-03-01T05:00:00Z");
        Assert.Equal(("month", 60), (growth.Unit, growth.Periods.Count));
        Assert.Equal(new("2021-04", 0, 1), growth.Periods[0]);
        Assert.Equal([new("2026-02", 1, 2), new("2026-03", 1, 3)], growth.Periods.TakeLast(2));
    }

    [Fact]
    public async Task A_midnight_that_the_clock_skips_or_repeats_begins_the_day_once()
    {
        var skipped = await ReadAsync("America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-04T03:00:00Z", "2018-11-05T03:00:00Z"); // 00:00 became 01:00
        Assert.Equal([1, 1, 1], skipped.Periods.Select(period => period.Memories));
        var repeated = await ReadAsync("America/Havana", "2025-11-02T03:59:59Z", "2025-11-02T04:00:00Z", "2025-11-02T05:30:00Z"); // 01:00 became 00:00
        Assert.Equal([1, 2], repeated.Periods.Select(period => period.Memories));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "America/New_York")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-02T00:00:00Z", "Asia/Tokyo")]
    [InlineData("9999-12-30T00:00:00Z", "9999-12-31T23:59:59Z", "Asia/Tokyo")]
    [InlineData("0001-01-01T00:00:00Z", "0001-03-02T00:00:00Z", "America/New_York")]
    public async Task The_ends_of_time_are_counted_too(string first, string last, string zone) =>
        Assert.Equal(2, (await ReadAsync(zone, first, last)).Periods[^1].Total);

    private static async Task<Growth> ReadAsync(string zone, params string[] ended) =>
        await Growth.ReadAsync(new Ends([.. ended.Select(text => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture))]), TimeZoneInfo.FindSystemTimeZoneById(zone), CancellationToken.None);

    private sealed class Ends(DateTimeOffset[] ended) : IMemoryGrowth
    {
        public ValueTask<(DateTimeOffset First, DateTimeOffset Last)?> GetSpanAsync(CancellationToken cancellationToken) =>
            new(ended.Length == 0 ? null : (ended.Min(), ended.Max()));

        public ValueTask<IReadOnlyList<long>> CountBetweenAsync(IReadOnlyList<DateTimeOffset> borders, CancellationToken cancellationToken) =>
            new([.. borders.Zip(borders.Skip(1), (from, to) => ended.LongCount(at => at >= from && at < to))]);
    }
}
