using System.Text;

namespace Recollect.Text;

/// <summary>Estimates tokens where a model does not count them, from what the common byte-pair vocabularies make of words, numbers, signs and scripts.</summary>
/// <remarks>Within 7 % of o200k on English chats; docs/performance.md says how that was measured.</remarks>
internal static class TokenEstimate
{
    private const int Token = 100; // costs are counted in hundredths of a token
    private const int CommonWord = 101;
    private const int WordAtStart = 146; // names at the start of a line are rarely one token
    private const int Ending = 50; // 's, 'm, 'll
    private const int Accent = 60;
    private const int LettersForFree = 3;
    private const int CommonLength = 10;
    private const int SpecialTokensOfAText = 4;

    /// <summary>Estimates the tokens of a text; at least 1.</summary>
    public static long Of(string text)
    {
        var cost = 0L;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            cost += text[at] switch
            {
                _ when IsLatin(text[at]) => Word(text, ref at),
                >= '0' and <= '9' => Number(text, ref at),
                ' ' or '\t' => SkipWhile(text, ref at, static c => c is ' ' or '\t') > 1 ? Token : 0,
                '\n' or '\r' => SkipWhile(text, ref at, static c => c is '\n' or '\r') > 0 ? Token : 0,
                < '\u00C0' => Signs(text, ref at),
                _ => OfScript(text[at++]),
            };
            System.Diagnostics.Debug.Assert(at > start, "Every kind of character moves on.");
        }

        return Math.Clamp((cost + Token - 1) / Token, 1, Most(text));
    }

    /// <summary>Gets what a text can never exceed: a token holds at least one byte, and some models frame a text with tokens of their own.</summary>
    public static long Most(string text) => Encoding.UTF8.GetByteCount(text) + SpecialTokensOfAText;

    private static bool IsLatin(char c) => char.IsAsciiLetter(c) || c is >= '\u00C0' and <= '\u024F';

    private static int Word(string text, ref int at)
    {
        var start = at;
        var accents = 0;
        for (; at < text.Length && IsLatin(text[at]); at++)
        {
            accents += text[at] >= '\u00C0' ? 1 : 0;
        }

        var length = at - start;
        var isCommon = start > 0 && (text[start - 1] is ' ' or '\t' || (char.IsAsciiLetterLower(text[start]) && text[start - 1] is not ('\n' or '\r'))); // as in ("word")
        var cost = (isCommon ? CommonWord : WordAtStart)
            + (3 * Math.Clamp(length - LettersForFree, 0, CommonLength - LettersForFree))
            + (25 * Math.Max(0, length - CommonLength))
            + (Accent * accents);
        if (at + 1 < text.Length && text[at] == '\'' && char.IsAsciiLetterLower(text[at + 1]))
        {
            at++;
            SkipWhile(text, ref at, char.IsAsciiLetterLower);
            cost += Ending;
        }

        return cost;
    }

    private static int Number(string text, ref int at)
    {
        var isApart = at > 0 && text[at - 1] == ' '; // a space joins a word, never a number
        var digits = SkipWhile(text, ref at, char.IsAsciiDigit);
        return ((digits + 2) / 3 * Token) + (isApart ? Token : 0);
    }

    private static int Signs(string text, ref int at)
    {
        var signs = SkipWhile(text, ref at, static c => c < '\u00C0' && !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '\t' or '\n' or '\r'));
        SkipWhile(text, ref at, static c => c is '\n' or '\r'); // a sign takes the line's end along
        return Token + (33 * Math.Max(0, signs - 3));
    }

    private static int OfScript(char c) => c switch
    {
        < '\u0370' => 60,
        < '\u0530' => 42, // Greek, Cyrillic
        < '\u0590' => 80,
        < '\u0780' => 55, // Hebrew, Arabic
        < '\u0900' => 100,
        < '\u0E00' => 60, // scripts of India
        < '\u1100' => 65,
        >= '\u2E80' and < '\uD800' => 90, // Han, Kana, Hangul
        _ => 100,
    };

    private static int SkipWhile(string text, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return at - start;
    }
}
