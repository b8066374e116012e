using System.Globalization;
using Recollect.Work;
using Xunit;

namespace Recollect.UnitTests.Work;

public sealed class TriggerOptionsTests
{
    [Theory]
    [InlineData("2h", "02:00:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("2", "02:00:00")]
    [InlineData("0.5", "00:30:00")]
    [InlineData("0", "00:00:00")]
    [InlineData(" 24 ", "1.00:00:00")]
    [InlineData("30s", "00:00:30")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("01:30:00", "01:30:00")]
    public void A_duration_is_read_and_a_bare_number_means_hours(string text, string expected)
    {
        Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), TriggerOptions.Read(text));
        Assert.True(new TriggerOptionsValidator().Validate(null, new() { InactivityThreshold = text }).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("-2h")]
    [InlineData("two hours")]
    [InlineData("2 h")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("99999999999")]
    [InlineData("4000d")]
    public void Anything_else_is_refused_with_what_to_write(string text)
    {
        var result = new TriggerOptionsValidator().Validate(null, new() { InactivityThreshold = text });

        Assert.True(result.Failed);
        Assert.Contains("2h or 90m, or a number of hours", result.FailureMessage, StringComparison.Ordinal);
    }
}
