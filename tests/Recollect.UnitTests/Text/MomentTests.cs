using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Recollect.Text;
using Xunit;

namespace Recollect.UnitTests.Text;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2026-01-05T10:00:00Z", "2026-01-05T10:00:00.0000000+00:00")]
    [InlineData("2026-01-05T10:00:00", "2026-01-05T10:00:00.0000000+00:00")]
    [InlineData("2026-01-05 10:00", "2026-01-05T10:00:00.0000000+00:00")]
    [InlineData("2026-01-05", "2026-01-05T00:00:00.0000000+00:00")]
    [InlineData("2026-01-05T10:00:00.5+05:30", "2026-01-05T04:30:00.5000000+00:00")]
    [InlineData("2026-01-05T10:00:00,123456789-0800", "2026-01-05T18:00:00.1234567+00:00")]
    [InlineData("2026-01-05T10:00:00+02", "2026-01-05T08:00:00.0000000+00:00")]
    [InlineData("2024-02-29T23:59:59.9999999Z", "2024-02-29T23:59:59.9999999+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    public void An_iso_time_is_read(string text, string expected)
    {
        Assert.Null(Moment.Read(Encoding.UTF8.GetBytes(text), out var moment));
        Assert.Equal(expected, moment.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-02-30T10:00:00Z", "is not a real date")]
    [InlineData("2025-02-29", "is not a real date")]
    [InlineData("2026-13-01", "is not a real date")]
    [InlineData("0000-01-01", "is not a real date")]
    [InlineData("2026-01-05T24:00:00Z", "is not a real date")]
    [InlineData("2026-01-05T10:60:00Z", "is not a real date")]
    [InlineData("0001-01-01T00:00:00+02:00", "is not a time that can be kept")]
    [InlineData("9999-12-31T23:59:59-02:00", "is not a time that can be kept")]
    [InlineData("", "is not an ISO 8601 time")]
    [InlineData("2026-01-05T", "is not an ISO 8601 time")]
    [InlineData("2026-01-05T10:00:00.Z", "is not an ISO 8601 time")]
    [InlineData("2026-01-05T10:00:00Zebra", "is not an ISO 8601 time")]
    [InlineData("2026-01-05T10:00:00+", "is not an ISO 8601 time")]
    [InlineData("2026-01-05T10:00:00+25:00", "is not an ISO 8601 time")]
    [InlineData("05/01/2026", "is not an ISO 8601 time")]
    [InlineData("٢٠٢٦-01-05", "is not an ISO 8601 time")]
    public void What_is_no_time_says_why(string text, string reason) => Assert.Equal(reason, Moment.Read(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("1767607200", "2026-01-05T10:00:00.0000000+00:00")]
    [InlineData("1767607200000", "2026-01-05T10:00:00.0000000+00:00")]
    [InlineData("1767607200.25", "2026-01-05T10:00:00.2500000+00:00")]
    [InlineData("0", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("-62135596800000", "0001-01-01T00:00:00.0000000+00:00")]
    public void Unix_time_is_read_in_seconds_and_milliseconds(string number, string expected)
    {
        Assert.Null(Moment.OfUnix(decimal.Parse(number, CultureInfo.InvariantCulture), out var moment));
        Assert.Equal(expected, moment.ToString("O", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Unix_time_that_no_clock_shows_is_refused()
    {
        Assert.NotNull(Moment.OfUnix(decimal.MaxValue, out _));
        Assert.NotNull(Moment.OfUnix(decimal.MinValue, out _));
        Assert.NotNull(Moment.OfUnix(900_000_000_000_000m, out _));
    }

    [Fact]
    public void Every_moment_reads_back_from_its_iso_form() =>
        Prop.ForAll<DateTimeOffset>(moment =>
            Moment.Read(Encoding.UTF8.GetBytes(moment.ToString("O", CultureInfo.InvariantCulture)), out var read) is null && read == moment)
            .QuickCheckThrowOnFailure();
}
