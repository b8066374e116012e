using System.Globalization;

namespace Recollect.Text;

/// <summary>Reads durations as people write them: 90s, 30m, 24h, 7d, or hours:minutes:seconds.</summary>
public static class DurationText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Reads a duration. A bare number has no unit and is refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration, from 0 to a hundred years.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
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
