using System.Globalization;

namespace Recollect.Connectors.Neo4j;

/// <summary>Writes numbers so that they are read as FLOAT: shortest digits that give the number again, always with a decimal point.</summary>
internal static class FloatDigits
{
    /// <summary>How many bytes a number may take.</summary>
    public const int MaxLength = 40;

    /// <summary>Writes a finite number.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Write(float value, Span<byte> digits)
    {
        value.TryFormat(digits, out var length, "R", CultureInfo.InvariantCulture);
        if (digits[..length].Contains((byte)'.'))
        {
            return length;
        }

        var exponent = digits[..length].IndexOf((byte)'E');
        var at = exponent < 0 ? length : exponent;
        digits[at..length].CopyTo(digits[(at + 2)..]);
        ".0"u8.CopyTo(digits[at..]);
        return length + 2;
    }
}
