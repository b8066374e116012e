using FsCheck;
using FsCheck.Fluent;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class QueryPeriodTests
{
    [Fact]
    public void Days_and_months_are_found_as_people_write_them()
    {
        Assert.Equal(new QueryPeriod(2024, 5, 3), QueryPeriod.Find("Which rehearsal was on May 3, 2024?"));
        Assert.Equal(new QueryPeriod(2024, 5, 3), QueryPeriod.Find("on the 3rd of May 2024"));
        Assert.Equal(new QueryPeriod(2024, 5, 3), QueryPeriod.Find("What was on 2024-05-03?"));
        Assert.Equal(new QueryPeriod(2024, 8, null), QueryPeriod.Find("in August of 2024"));
        Assert.Equal(new QueryPeriod(null, 8, null), QueryPeriod.Find("in August"));
    }

    [Fact]
    public void May_is_a_month_only_where_it_must_be()
    {
        Assert.Null(QueryPeriod.Find("What may Dana like?"));
        Assert.Equal(new QueryPeriod(null, 5, null), QueryPeriod.Find("in May"));
    }

    [Fact]
    public void A_day_is_near_until_ten_days_after()
    {
        var period = new QueryPeriod(2024, 5, 3);
        Assert.False(period.IsNear(At(2024, 5, 1)));
        Assert.True(period.IsNear(At(2024, 5, 2)));
        Assert.True(period.IsNear(At(2024, 5, 13)));
        Assert.False(period.IsNear(At(2024, 5, 14)));
    }

    [Fact]
    public void A_month_without_a_year_reaches_over_the_turn_of_the_year() =>
        Assert.True(new QueryPeriod(null, 12, 30).IsNear(At(2025, 1, 3)));

    [Fact]
    public void A_day_that_no_month_has_is_taken_as_its_last() => Assert.True(new QueryPeriod(2023, 2, 31).IsNear(At(2023, 2, 28)));

    [Fact]
    public void Any_text_and_any_time_are_answered() =>
        Prop.ForAll<string?, DateTimeOffset>((text, sentAt) =>
        {
            _ = QueryPeriod.Find((text ?? "") + " 31 feb february 29")?.IsNear(sentAt);
            return new QueryPeriod(null, 2, 29).IsNear(DateTimeOffset.MinValue) is var _ && new QueryPeriod(null, 12, 31).IsNear(DateTimeOffset.MaxValue) is var _;
        }).QuickCheckThrowOnFailure();

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
}
