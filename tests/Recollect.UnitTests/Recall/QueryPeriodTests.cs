using FsCheck;
using FsCheck.Fluent;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class QueryPeriodTests
{
    private static readonly DateTimeOffset Newest = At(2024, 6, 20);

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
    public void A_year_is_one_only_where_it_must_be()
    {
        Assert.Equal(new QueryPeriod(2022, null, null), QueryPeriod.Find("Where did we go in 2022?"));
        Assert.Null(QueryPeriod.Find("Who sat in row 2022?"));
        Assert.True(new QueryPeriod(2022, null, null).IsNear(At(2022, 12, 31), Newest));
        Assert.False(new QueryPeriod(2022, null, null).IsNear(At(2023, 2, 1), Newest));
    }

    [Theory]
    [InlineData("two weeks before May 30, 2024", -14)]
    [InlineData("What did I do the week before the 30th of May 2024?", -7)]
    [InlineData("the day after 2024-05-30", 1)]
    [InlineData("3 months after 30 May 2024", 90)]
    [InlineData("a year before May 30, 2024", -365)]
    [InlineData("before May 30, 2024", 0)]
    [InlineData("999 years before May 30, 2024", -365)]
    public void A_time_before_or_after_a_date_is_counted(string question, int shift) =>
        Assert.Equal(new QueryPeriod(2024, 5, 30) { ShiftDays = shift }, QueryPeriod.Find(question));

    [Fact]
    public void What_lies_before_a_date_is_near_the_time_and_not_the_date()
    {
        var period = QueryPeriod.Find("two weeks before May 30, 2024")!;
        Assert.True(period.IsNear(At(2024, 5, 16), Newest));
        Assert.False(period.IsNear(At(2024, 5, 30), Newest));
    }

    [Theory]
    [InlineData("last May", 2024, 5, 15)]
    [InlineData("last June", 2023, 6, 15)]
    [InlineData("last November", 2023, 11, 15)]
    public void The_last_month_of_a_name_is_the_one_before_the_newest_message(string question, int year, int month, int day)
    {
        var period = QueryPeriod.Find($"What did Dana paint {question}?")!;
        Assert.True(period.IsNear(At(year, month, day), Newest));
        Assert.False(period.IsNear(At(year - 1, month, day), Newest));
    }

    [Theory]
    [InlineData("yesterday", 19)]
    [InlineData("last week", 10)]
    [InlineData("two weeks ago", 6)]
    [InlineData("10 days ago", 10)]
    public void What_is_said_to_be_ago_counts_from_the_newest_message(string question, int day)
    {
        var period = QueryPeriod.Find($"What did I cook {question}?")!;
        Assert.True(period.IsNear(At(2024, 6, day), Newest));
        Assert.False(period.IsNear(At(2024, 4, day), Newest));
    }

    [Theory]
    [InlineData("How long ago was it?")]
    [InlineData("weeks ago")]
    [InlineData("at last a week of rest")]
    [InlineData("0 days ago")]
    [InlineData("99999999999 days ago")]
    public void Words_that_name_no_time_are_none(string question) => Assert.Null(QueryPeriod.Find(question));

    [Fact]
    public void A_day_is_near_until_ten_days_after()
    {
        var period = new QueryPeriod(2024, 5, 3);
        Assert.False(period.IsNear(At(2024, 5, 1), Newest));
        Assert.True(period.IsNear(At(2024, 5, 2), Newest));
        Assert.True(period.IsNear(At(2024, 5, 13), Newest));
        Assert.False(period.IsNear(At(2024, 5, 14), Newest));
    }

    [Fact]
    public void A_month_without_a_year_reaches_over_the_turn_of_the_year() =>
        Assert.True(new QueryPeriod(null, 12, 30).IsNear(At(2025, 1, 3), Newest));

    [Fact]
    public void A_day_that_no_month_has_is_taken_as_its_last() => Assert.True(new QueryPeriod(2023, 2, 31).IsNear(At(2023, 2, 28), Newest));

    [Fact]
    public void Any_text_and_any_time_are_answered() =>
        Prop.ForAll<string?, DateTimeOffset>((text, sentAt) =>
        {
            _ = QueryPeriod.Find((text ?? "") + " 31 feb february 29")?.IsNear(sentAt, sentAt);
            return new QueryPeriod(null, 2, 29).IsNear(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) is var _ && new QueryPeriod(null, 12, 31).IsNear(DateTimeOffset.MaxValue, DateTimeOffset.MinValue) is var _;
        }).QuickCheckThrowOnFailure();

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
}
