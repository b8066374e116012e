using System.CommandLine.Parsing;
using System.Globalization;

namespace Recollect.Cli.Commands;

/// <summary>Reads durations as people write them: 90s, 30m, 24h, 7d, or hours:minutes:seconds.</summary>
internal static class DurationParser
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : string.Empty;
        if (TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"\"{text}\" is no duration; write 90s, 30m, 24h or 7d.");
        return default;
    }

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var unit = text.Length > 1 ? text[^1] : ' ';
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        if (seconds == 0)
        {
            return TryParseClock(text, out duration) && duration >= TimeSpan.Zero && duration <= Longest;
        }

        if (!double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number * seconds > Longest.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    // 48:00:00 is two days here; the framework reads 48 days, as it does of hours beyond 23.
    private static bool TryParseClock(string text, out TimeSpan duration)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        duration = default;
        if (colon <= 0 || !TimeSpan.TryParse(string.Concat("0", text.AsSpan(colon)), CultureInfo.InvariantCulture, out var rest))
        {
            return false;
        }

        if (!int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var hours))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration); // days.hours:minutes:seconds
        }

        duration = TimeSpan.FromHours(hours) + rest;
        return true;
    }
}
