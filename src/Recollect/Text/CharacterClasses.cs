using System.Globalization;

namespace Recollect.Text;

/// <summary>Knows the class of every character.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Ascii = BuildAscii();

    /// <summary>Gets the class of the character at a position; a surrogate pair is classed as one, at its first half.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">A position inside the text.</param>
    internal static CharacterClass Of(ReadOnlySpan<char> text, int position)
    {
        var c = text[position];
        if (c < 0x80)
        {
            return Ascii[c];
        }

        if (char.IsHighSurrogate(c))
        {
            return position + 1 < text.Length && char.IsLowSurrogate(text[position + 1])
                && char.ConvertToUtf32(c, text[position + 1]) is >= 0x20000 and <= 0x3FFFF
                ? CharacterClass.Ideograph
                : CharacterClass.Separator;
        }

        return OfOther(c);
    }

    private static CharacterClass OfOther(char c)
    {
        if (LetterFolding.IsMark(c))
        {
            return CharacterClass.Mark;
        }

        if (c is '\u05F3' or '\u05F4')
        {
            return CharacterClass.Joiner;
        }

        if (c is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or (>= '\uF900' and <= '\uFAFF') or '\u3005')
        {
            return CharacterClass.Ideograph;
        }

        if (!char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c)
            is not (UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark))
        {
            return CharacterClass.Separator;
        }

        return IsUnspaced(c) ? CharacterClass.Unspaced : char.IsDigit(c) ? CharacterClass.Digit : CharacterClass.Letter;
    }

    // Thai, Lao, Myanmar, Khmer, kana, Hangul (spaced, but its particles hang on the noun), half-width kana.
    private static bool IsUnspaced(char c) => c is (>= '\u0E01' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F')
        or (>= '\u1780' and <= '\u17FF') or (>= '\u3041' and <= '\u30FF') or (>= '\u1100' and <= '\u11FF')
        or (>= '\u3131' and <= '\u318E') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uFF66' and <= '\uFF9F');

    private static CharacterClass[] BuildAscii()
    {
        var classes = new CharacterClass[0x80];
        for (var c = '\0'; c < 0x80; c++)
        {
            classes[c] = char.IsAsciiLetter(c) ? CharacterClass.Letter
                : char.IsAsciiDigit(c) ? CharacterClass.Digit
                : c is ',' or '"' or '\'' ? CharacterClass.Joiner
                : CharacterClass.Separator;
        }

        return classes;
    }
}
