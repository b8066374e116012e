using System.Buffers.Text;

namespace Recollect.Text;

/// <summary>Reads moments: ISO 8601 (without zone: UTC) and Unix time in seconds or milliseconds.</summary>
internal static class Moment
{
    private const decimal MillisecondsFrom = 100_000_000_000m; // as seconds this would be the year 5138

    /// <summary>Reads <c>2026-01-05T10:00:00.123+02:00</c> and its shorter forms, down to the day alone.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="moment">The moment, in UTC.</param>
    /// <returns>Null when it was read, else what is wrong.</returns>
    public static string? Read(ReadOnlySpan<byte> text, out DateTimeOffset moment)
    {
        moment = default;
        var hour = 0;
        var minute = 0;
        var second = 0;
        var fraction = 0L;
        var offset = 0;
        if (!TryNumber(ref text, 4, out var year) || !TrySkip(ref text, "-"u8) || !TryNumber(ref text, 2, out var month)
            || !TrySkip(ref text, "-"u8) || !TryNumber(ref text, 2, out var day))
        {
            return "is not an ISO 8601 time";
        }

        if (!text.IsEmpty)
        {
            if (!TrySkip(ref text, "Tt "u8) || !TryNumber(ref text, 2, out hour) || !TrySkip(ref text, ":"u8) || !TryNumber(ref text, 2, out minute)
                || (TrySkip(ref text, ":"u8) && !TryNumber(ref text, 2, out second))
                || (TrySkip(ref text, ".,"u8) && !TryFraction(ref text, out fraction))
                || !TryZone(ref text, out offset))
            {
                return "is not an ISO 8601 time";
            }
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return "is not a real date";
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction - (offset * TimeSpan.TicksPerMinute);
        return OfTicks(ticks, out moment);
    }

    /// <summary>Reads Unix time; a number too large to be seconds counts as milliseconds.</summary>
    /// <param name="number">The number.</param>
    /// <param name="moment">The moment, in UTC.</param>
    /// <returns>Null when it was read, else what is wrong.</returns>
    public static string? OfUnix(decimal number, out DateTimeOffset moment)
    {
        moment = default;
        var ticks = Math.Abs(number) < MillisecondsFrom
            ? number * TimeSpan.TicksPerSecond
            : Math.Abs(number) < MillisecondsFrom * 10_000 ? number * TimeSpan.TicksPerMillisecond : decimal.MaxValue;
        return ticks is > long.MaxValue / 2 or < long.MinValue / 2
            ? "is not a time that can be kept"
            : OfTicks(DateTimeOffset.UnixEpoch.UtcTicks + (long)decimal.Round(ticks), out moment);
    }

    private static string? OfTicks(long ticks, out DateTimeOffset moment)
    {
        var isKept = ticks >= DateTimeOffset.MinValue.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks;
        moment = isKept ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isKept ? null : "is not a time that can be kept";
    }

    private static bool TryZone(ref ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || (TrySkip(ref text, "Zz"u8) && text.IsEmpty))
        {
            return true;
        }

        var isBehind = text[0] == '-';
        if (!TrySkip(ref text, "+-"u8) || !TryNumber(ref text, 2, out var hours))
        {
            return false;
        }

        TrySkip(ref text, ":"u8);
        var rest = 0;
        if (!text.IsEmpty && !TryNumber(ref text, 2, out rest))
        {
            return false;
        }

        minutes = ((hours * 60) + rest) * (isBehind ? -1 : 1);
        return text.IsEmpty && hours < 24 && rest < 60;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        const int TickDigits = 7;
        ticks = 0;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        for (var i = 0; i < TickDigits; i++)
        {
            ticks = (ticks * 10) + (i < digits ? text[i] - '0' : 0);
        }

        text = text[digits..];
        return digits > 0;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits || text[..digits].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        var isNumber = Utf8Parser.TryParse(text[..digits], out number, out _);
        text = text[digits..];
        return isNumber;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> anyOf)
    {
        if (text.IsEmpty || !anyOf.Contains(text[0]))
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
