namespace Recollect.Recall;

/// <summary>A time that a question names: "on June 9, 2024", "in August", "in 2023", "two weeks before May 3", "last May", "a month ago".</summary>
/// <param name="Year">The year, or null if the question names none.</param>
/// <param name="Month">1 to 12, or null for the whole year.</param>
/// <param name="Day">1 to 31, or null for the whole month.</param>
internal sealed record QueryPeriod(int? Year, int? Month, int? Day)
{
    // People tell what happened for some days afterwards.
    private const int DaysAfter = 10;

    /// <summary>Gets by how many days the time lies after the date: -14 for "two weeks before".</summary>
    public int ShiftDays { get; init; }

    /// <summary>Gets a value indicating whether the month is meant that was last before the newest message.</summary>
    public bool IsLast { get; init; }

    /// <summary>Gets how many days before the newest message the time begins and ends, where no date is named; null if one is.</summary>
    public (int From, int To)? DaysAgo { get; init; }

    /// <summary>Finds the first time that a question names.</summary>
    /// <param name="question">Any text.</param>
    /// <returns>The time, or null.</returns>
    public static QueryPeriod? Find(string question) => new PeriodReader(question).Find();

    /// <summary>Says whether a message sent then may tell of the time: from a day before it to ten days after it.</summary>
    /// <param name="sentAt">When the message was sent; its UTC date counts.</param>
    /// <param name="newest">When the newest message was sent, which is where "last" and "ago" count from: the asker's own day is not known.</param>
    public bool IsNear(DateTimeOffset sentAt, DateTimeOffset newest)
    {
        var date = sentAt.UtcDateTime;
        var today = newest.UtcDateTime.Date;
        if (DaysAgo is { } ago)
        {
            return IsNear(date, today.Ticks - (ago.From * TimeSpan.TicksPerDay), today.Ticks - (ago.To * TimeSpan.TicksPerDay));
        }

        // Without a year, the month may lie in this year or, in January, in the last.
        int[] years = Year is { } year ? [year]
            : IsLast ? [Month < today.Month ? today.Year : today.Year - 1]
            : [date.Year, date.Year - 1];
        return Array.Exists(years, y => y is >= 1 and <= 9999 && IsNear(date, StartIn(y), EndIn(y)));
    }

    private static bool IsNear(DateTime date, long start, long end) =>
        date.Ticks >= start - TimeSpan.TicksPerDay && date.Ticks < end + ((DaysAfter + 1) * TimeSpan.TicksPerDay);

    private long StartIn(int year) => TicksOf(year, Month ?? 1, Day ?? 1);

    private long EndIn(int year) => TicksOf(year, Month ?? 12, Day ?? 31);

    private long TicksOf(int year, int month, int day) =>
        new DateTime(year, month, Math.Min(day, DateTime.DaysInMonth(year, month)), 0, 0, 0, DateTimeKind.Utc).Ticks + (ShiftDays * TimeSpan.TicksPerDay);
}
