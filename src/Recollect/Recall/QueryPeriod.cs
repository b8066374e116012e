using System.Globalization;
using Recollect.Text;

namespace Recollect.Recall;

/// <summary>A day or a month that a question names: "on June 9, 2024", "in August", "2024-06-09".</summary>
/// <param name="Year">The year, or null if the question names none.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31, or null for the whole month.</param>
internal sealed record QueryPeriod(int? Year, int Month, int? Day)
{
    // People tell what happened for some days afterwards.
    private const int DaysAfter = 10;

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Finds the first period that a question names.</summary>
    /// <param name="question">Any text.</param>
    /// <returns>The period, or null.</returns>
    public static QueryPeriod? Find(string question)
    {
        var words = Read(question);
        for (var i = 0; i < words.Count; i++)
        {
            var found = FromName(words, i) ?? FromNumbers(words, i);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Says whether a message sent then may tell of the period: from a day before it to ten days after it.</summary>
    /// <param name="sentAt">When the message was sent; its UTC date counts.</param>
    public bool IsNear(DateTimeOffset sentAt)
    {
        var date = sentAt.UtcDateTime;
        // Without a year, the month may lie in this year or, in January, in the last.
        int[] years = Year is { } year ? [year] : date.Year > 1 ? [date.Year, date.Year - 1] : [date.Year];
        return Array.Exists(years, y => IsNear(date, y));
    }

    private bool IsNear(DateTime date, int year)
    {
        var last = DateTime.DaysInMonth(year, Month);
        var start = new DateTime(year, Month, Math.Min(Day ?? 1, last), 0, 0, 0, DateTimeKind.Utc).Ticks;
        var end = new DateTime(year, Month, Math.Min(Day ?? last, last), 0, 0, 0, DateTimeKind.Utc).Ticks;
        return date.Ticks >= start - TimeSpan.TicksPerDay && date.Ticks < end + ((DaysAfter + 1) * TimeSpan.TicksPerDay);
    }

    private static QueryPeriod? FromName(List<string> words, int at)
    {
        var month = Array.IndexOf(Months, words[at]) + 1;
        if (month == 0)
        {
            return null;
        }

        var before = at > 0 && words[at - 1] is "of" ? at - 2 : at - 1;
        var day = DayAt(words, before);
        var next = at + 1;
        if (day is null && DayAt(words, next) is { } after)
        {
            day = after;
            next++;
        }

        var year = YearAt(words, next < words.Count && words[next] is "of" ? next + 1 : next);
        var verb = month == 5 && day is null && year is null && (at == 0 || words[at - 1] is not "in");
        return verb ? null : new QueryPeriod(year, month, day);
    }

    // 2024-06-09, which the tokenizer gives as three numbers.
    private static QueryPeriod? FromNumbers(List<string> words, int at) =>
        YearAt(words, at) is { } year && NumberAt(words, at + 1, 1, 12) is { } month && words[at + 1].Length == 2
            && DayAt(words, at + 2) is { } day && words[at + 2].Length == 2
            ? new QueryPeriod(year, month, day)
            : null;

    private static int? YearAt(List<string> words, int at) => NumberAt(words, at, 1_900, 2_099);

    private static int? DayAt(List<string> words, int at) => NumberAt(words, at, 1, 31);

    private static int? NumberAt(List<string> words, int at, int least, int most)
    {
        if (at < 0 || at >= words.Count)
        {
            return null;
        }

        var digits = words[at].AsSpan().TrimEnd("stndrh");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;
    }

    private static List<string> Read(string question)
    {
        var words = new List<string>();
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(question, buffer);
        while (tokens.Read())
        {
            words.Add(tokens.Token.ToString());
        }

        return words;
    }
}
