using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Recollect.Ingest.Sources.Files;

/// <summary>What stands at the beginning of a message in a WhatsApp export: date, time, and who wrote it.</summary>
/// <param name="First">The first number of the date.</param>
/// <param name="Second">The second number of the date.</param>
/// <param name="Third">The third number of the date.</param>
/// <param name="TimeOfDay">The time; null when it cannot be one.</param>
/// <param name="Sender">Who wrote it; null for a notice of WhatsApp's own.</param>
/// <param name="Text">The rest of the line.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct WhatsAppHeader(int First, int Second, int Third, TimeSpan? TimeOfDay, string? Sender, string Text)
{
    private const int LongestStamp = 96;
    private const int LongestSender = 100;
    private const char LeftToRightMark = '\u200E';
    private const string Marks = "\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF";

    /// <summary>Gets a value indicating whether the date begins with the year.</summary>
    public bool IsYearFirst => First > 99;

    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line.</param>
    /// <param name="header">The header.</param>
    /// <returns>Whether a message begins with this line.</returns>
    public static bool TryParse(string line, out WhatsAppHeader header)
    {
        header = default;
        Span<int> origins = stackalloc int[LongestStamp];
        var stamp = Stamp(line, origins);
        if (stamp.Length == 0 || !(stamp[0] == '[' || char.IsAsciiDigit(stamp[0])) || StampPattern().Match(stamp) is not { Success: true } match)
        {
            return false;
        }

        var (sender, text) = Split(line.AsSpan(origins[match.Length - 1] + 1).TrimStart(Marks.AsSpan()).ToString());
        header = new WhatsAppHeader(
            Number(match, "first"), Number(match, "second"), Number(match, "third"), Time(match), sender, text.TrimStart(LeftToRightMark));
        return match.Groups["open"].Success == match.Groups["close"].Success
            && match.Groups["first"].Length != 3
            && match.Groups["third"].Length != 3
            && (!header.IsYearFirst || !match.Groups["open"].Success || match.Groups["comma"].Success); // else it is a server's log
    }

    /// <summary>Gets the name without the marks that are set around names of another direction.</summary>
    /// <param name="name">The name.</param>
    public static string WithoutMarks(string name) => name.AsSpan().Trim(Marks.AsSpan()).Trim().Trim(Marks.AsSpan()).ToString();

    /// <summary>Gets the local time; null when there is no such day or time.</summary>
    /// <param name="order">Which number is the day; not <see cref="WhatsAppDateOrder.Auto"/>.</param>
    public DateTime? Local(WhatsAppDateOrder order)
    {
        var (year, month, day) = IsYearFirst ? (First, Second, Third)
            : order == WhatsAppDateOrder.Mdy ? (Third, First, Second)
            : (Third, Second, First);
        year += year < 100 ? 2000 : 0;
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && TimeOfDay is { } time
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time
            : null;
    }

    [GeneratedRegex(
        @"^(?<open>\[)?(?<first>\d{1,4})(?<dot>[./-]) ?(?<second>\d{1,2})\k<dot> ?(?<third>\d{1,4})(?<comma>,)? (?<hour>\d{1,2})[:.](?<minute>\d{2})([:.](?<seconds>\d{2}))?( ?((?<half>[AaPp])\.? ?[Mm]\.?|(?<arabic>[صم])))?((?<close>\]) ?| - )",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex StampPattern();

    /// <summary>Gets the beginning of a line in plain digits, spaces, commas and hyphens, and where each character came from.</summary>
    private static string Stamp(string line, Span<int> origins)
    {
        Span<char> plain = stackalloc char[LongestStamp];
        var length = 0;
        for (var i = 0; i < line.Length && length < LongestStamp; i++)
        {
            var character = line[i];
            if (!Marks.Contains(character, StringComparison.Ordinal))
            {
                origins[length] = i;
                plain[length++] = Plain(character);
            }
        }

        return plain[..length].ToString();
    }

    private static char Plain(char character) => character switch
    {
        '\u00A0' or '\u202F' or '\u2009' => ' ',
        '\u060C' => ',',
        '\u2013' => '-',
        _ when CharUnicodeInfo.GetDecimalDigitValue(character) is >= 0 and var digit => (char)('0' + digit),
        _ => character,
    };

    private static (string? Sender, string Text) Split(string rest)
    {
        var colon = rest.IndexOf(": ", StringComparison.Ordinal);
        var end = colon < 0 && rest.EndsWith(':') ? rest.Length - 1 : colon;
        if (end <= 0 || end > LongestSender || EndsInQuote(rest.AsSpan(0, end)))
        {
            return (null, rest);
        }

        var text = rest[Math.Min(end + 2, rest.Length)..];
        var isNotice = text.StartsWith(LeftToRightMark) && text.Contains("end-to-end encrypted", StringComparison.Ordinal);
        return (isNotice ? null : WithoutMarks(rest[..end]), text);
    }

    /// <summary>Tells whether a quote is still open, as in <c>Dana created group "Bakery: the team"</c>, which is a notice. A quote within a word is part of a name.</summary>
    private static bool EndsInQuote(ReadOnlySpan<char> text)
    {
        var opening = Math.Max(text.LastIndexOfAny('“', '„'), text.LastIndexOf(" \"") + 1);
        return (opening > 0 || text.StartsWith('“')) && text[(opening + 1)..].IndexOfAny('"', '”', '“') < 0;
    }

    private static TimeSpan? Time(Match match)
    {
        var (hour, minute, seconds) = (Number(match, "hour"), Number(match, "minute"), Number(match, "seconds"));
        var half = match.Groups["half"].Value is "P" or "p" || match.Groups["arabic"].Value is "م" ? 12 : 0;
        if (match.Groups["half"].Success || match.Groups["arabic"].Success)
        {
            hour = hour > 12 ? 24 : (hour % 12) + half;
        }

        return hour > 23 || minute > 59 || seconds > 59 ? null : new TimeSpan(hour, minute, seconds);
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}
