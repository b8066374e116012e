using System.Buffers;
using System.Globalization;
using System.Text;

namespace Recollect.Connectors.Postgres;

/// <summary>Keeps text exact that PostgreSQL would refuse: NUL and halves of surrogate pairs are written as an escape.</summary>
/// <remarks>The escape is U+0010 with the four hexadecimal digits of what it stands for; U+0010 itself is written so too. Other text stays as it is.</remarks>
internal static class ExactText
{
    private const char Escape = '\u0010';
    private const int Digits = 4;

    private static readonly SearchValues<char> Suspects = SearchValues.Create([Escape, '\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>Writes a text.</summary>
    public static string Encode(string text)
    {
        var at = text.AsSpan().IndexOfAny(Suspects);
        if (at < 0)
        {
            return text;
        }

        StringBuilder? encoded = null;
        for (var i = at; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (!isPair && (text[i] is Escape or '\0' || char.IsSurrogate(text[i])))
            {
                encoded ??= new StringBuilder(text, 0, i, text.Length + Digits);
                encoded.Append(Escape).Append(CultureInfo.InvariantCulture, $"{(int)text[i]:x4}");
            }
            else
            {
                encoded?.Append(text, i, isPair ? 2 : 1);
                i += isPair ? 1 : 0;
            }
        }

        return encoded?.ToString() ?? text;
    }

    /// <summary>Writes a text, or nothing.</summary>
    public static string? EncodeOrNull(string? text) => text is null ? null : Encode(text);

    /// <summary>Reads a text that <see cref="Encode"/> wrote.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && i + Digits < text.Length && ushort.TryParse(text.AsSpan(i + 1, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                decoded.Append((char)code);
                i += Digits;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }
}
