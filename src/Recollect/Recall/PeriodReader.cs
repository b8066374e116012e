using System.Globalization;
using Recollect.Text;

namespace Recollect.Recall;

/// <summary>Reads the time that a question names.</summary>
internal sealed class PeriodReader
{
    private const int MostUnits = 100;

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private readonly List<string> _words = [];

    /// <summary>Takes the words of a question.</summary>
    /// <param name="question">Any text.</param>
    public PeriodReader(string question)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(question, buffer);
        while (tokens.Read())
        {
            _words.Add(tokens.Token.ToString());
        }
    }

    /// <summary>Finds the first time that is named; null if there is none.</summary>
    public QueryPeriod? Find() =>
        Enumerable.Range(0, _words.Count).Select(at => FromName(at) ?? FromNumbers(at) ?? FromYear(at)).FirstOrDefault(found => found is not null)
        ?? Enumerable.Range(0, _words.Count).Select(Ago).FirstOrDefault(found => found is not null);

    private QueryPeriod? FromName(int at)
    {
        var month = Array.IndexOf(Months, _words[at]) + 1;
        if (month == 0)
        {
            return null;
        }

        var before = At(at - 1) is "of" ? at - 2 : at - 1;
        var day = DayAt(before);
        var start = day is null ? at : before;
        var next = at + 1;
        if (day is null && DayAt(next) is { } after)
        {
            day = after;
            next++;
        }

        var year = YearAt(At(next) is "of" ? next + 1 : next);
        var verb = month == 5 && day is null && year is null
            && At(at - 1) is not ("in" or "last" or "this" or "next" or "since" or "until" or "during" or "of" or "early" or "late" or "mid" or "by" or "before" or "after");
        return verb ? null : new QueryPeriod(year, month, day) { IsLast = year is null && At(start - 1) is "last", ShiftDays = ShiftBefore(start) };
    }

    // 2024-06-09, which the tokenizer gives as three numbers.
    private QueryPeriod? FromNumbers(int at) =>
        YearAt(at) is { } year && NumberAt(at + 1, 1, 12) is { } month && _words[at + 1].Length == 2
            && DayAt(at + 2) is { } day && _words[at + 2].Length == 2
            ? new QueryPeriod(year, month, day) { ShiftDays = ShiftBefore(at) }
            : null;

    private QueryPeriod? FromYear(int at) =>
        At(at - 1) is "in" or "during" or "of" or "since" or "year" or "early" or "late" or "mid" && YearAt(at) is { } year ? new QueryPeriod(year, Month: null, Day: null) : null;

    // "Two weeks before", "the day after": what stands before a date.
    private int ShiftBefore(int start)
    {
        var at = At(start - 1) is "the" or "on" ? start - 2 : start - 1;
        var sign = At(at) is "before" ? -1 : At(at) is "after" ? 1 : 0;
        return sign == 0 || DaysOf(At(at - 1)) is not { } days ? 0 : sign * days * (CountAt(at - 2) ?? 1);
    }

    // "Yesterday", "last week", "three months ago": what counts from now.
    private QueryPeriod? Ago(int at)
    {
        (int From, int To)? ago = null;
        if (_words[at] is "yesterday")
        {
            ago = (1, 1);
        }
        else if (DaysOf(_words[at]) is { } days && At(at - 1) is "last")
        {
            ago = (2 * days, days);
        }
        else if (DaysOf(_words[at]) is { } unit && At(at + 1) is "ago" && CountAt(at - 1) is { } count)
        {
            ago = ((unit * count) + (unit / 2), (unit * count) - (unit / 2));
        }

        return ago is null ? null : new QueryPeriod(Year: null, Month: null, Day: null) { DaysAgo = ago };
    }

    private static int? DaysOf(string? unit) => unit switch
    {
        "day" or "days" => 1,
        "week" or "weeks" => 7,
        "month" or "months" => 30,
        "year" or "years" => 365,
        _ => null,
    };

    private int? CountAt(int at) => At(at) is { } word
        ? word is "a" or "an" ? 1 : Array.IndexOf(Numbers, word) is >= 0 and var index ? index + 1 : NumberAt(at, 1, MostUnits)
        : null;

    private int? YearAt(int at) => NumberAt(at, 1_900, 2_099);

    private int? DayAt(int at) => NumberAt(at, 1, 31);

    private int? NumberAt(int at, int least, int most) =>
        At(at) is { } word && int.TryParse(word.AsSpan().TrimEnd("stndrh"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;

    private string? At(int at) => at >= 0 && at < _words.Count ? _words[at] : null;
}
