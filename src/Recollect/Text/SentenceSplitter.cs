using System.Collections.Frozen;

namespace Recollect.Text;

/// <summary>Finds the sentences of a text as ranges, so that every sentence is an exact substring and can be cited.</summary>
/// <remarks>
/// Sentences come in order, do not overlap, have no white space at their ends, and miss nothing but white space. A line break
/// ends a sentence; so do terminators of many scripts and an emoji before a capital. Abbreviations, initials, decimals, and dots inside
/// words (example.org) do not.
/// </remarks>
internal static class SentenceSplitter
{
    private const int MaxRun = 64; // terminators or emoji that are looked over at once, so that runs of millions take linear time

    private static readonly FrozenSet<string> Abbreviations = """
        mr mrs ms dr prof sr jr st rev hon gen col sgt capt lt vs etc inc ltd co corp dept est approx fig no vol pp ed eds al cf
        ca jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd mt ft
        e.g i.e a.m p.m u.s u.k u.n ph.d b.a m.a d.c z.b d.h u.a bzw usw nr str ggf evtl mme mlle sra ud uds
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Abbreviations that end a sentence as often as not: a capital after them decides.
    private static readonly FrozenSet<string> MayEnd = """
        etc inc ltd co corp a.m p.m u.s u.k u.n ph.d b.a m.a d.c usw no al jr sr ed sun sat mon wed
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviation =
        Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> EndingAbbreviation =
        MayEnd.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Splits a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The ranges of the sentences; empty if there is nothing but white space.</returns>
    internal static List<Range> Split(ReadOnlySpan<char> text)
    {
        var sentences = new List<Range>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var end = EndAt(text, start, i);
            if (end > i)
            {
                Add(sentences, text, start, end);
                start = end;
                i = end - 1;
            }
        }

        Add(sentences, text, start, text.Length);
        return sentences;
    }

    // Where the sentence ends if the character at i ends it, otherwise i.
    private static int EndAt(ReadOnlySpan<char> text, int start, int i)
    {
        var c = text[i];
        if (c is '\n' or '\r' or '\u2028' or '\u2029')
        {
            return i + 1;
        }

        if (IsFullWidthTerminator(c))
        {
            return Closing(text, i + 1);
        }

        if (IsEmoji(text, i))
        {
            var after = AfterEmoji(text, i);
            return after < text.Length && char.IsWhiteSpace(text[after]) && StartsSentence(text, after) ? after : i;
        }

        if (c is not ('.' or '!' or '?' or '\u2026' or '\u061F' or '\u06D4' or '\u0964' or '\u0965' or '\u203C' or '\u2047' or '\u2048' or '\u2049'))
        {
            return i;
        }

        var end = Closing(text, i + 1);
        var border = end == text.Length || char.IsWhiteSpace(text[end]) || IsEmoji(text, end);
        if (!border)
        {
            return i;
        }

        var onlyDot = c == '.' && (i + 1 == text.Length || text[i + 1] != '.') && (i == 0 || text[i - 1] != '.');
        var goesOn = onlyDot ? IsAbbreviation(text, start, i, end) : IsTrailing(c, text, i) && !StartsSentence(text, end);
        return goesOn ? i : WithEmoji(text, end);
    }

    // Dots that trail off ("well... maybe") end a sentence only before a capital.
    private static bool IsTrailing(char c, ReadOnlySpan<char> text, int i) => c == '\u2026' || (c == '.' && i > 0 && text[i - 1] == '.')
        || (c == '.' && i + 1 < text.Length && text[i + 1] == '.');

    private static bool IsAbbreviation(ReadOnlySpan<char> text, int start, int dot, int end)
    {
        var from = dot;
        while (from > start && (char.IsLetterOrDigit(text[from - 1]) || text[from - 1] == '.'))
        {
            from--;
        }

        var word = text[from..dot];
        if (word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I')
        {
            return end < text.Length;
        }

        if (word.Length is > 0 and <= 3 && !word.ContainsAnyExceptInRange('0', '9') && text[start..from].IsWhiteSpace())
        {
            return true; // "1. First": the number of a list
        }

        return Abbreviation.Contains(word) && !(EndingAbbreviation.Contains(word) && StartsSentence(text, end));
    }

    // Closing quotes and brackets and further terminators belong to the sentence.
    private static int Closing(ReadOnlySpan<char> text, int i)
    {
        var last = Math.Min(text.Length, i + MaxRun);
        while (i < last && (text[i] is '.' or '!' or '?' or '\u2026' or '"' or '\'' or ')' or ']' or '\u2019' or '\u201D' or '\u00BB'
            or '\u300D' or '\u300F' or '\uFF09' or '\u061F' || IsFullWidthTerminator(text[i])))
        {
            i++;
        }

        return i;
    }

    private static bool IsFullWidthTerminator(char c) =>
        c is '\u3002' or '\uFF01' or '\uFF1F' or '\uFF61' or '\uFF0E' or '\u1362' or '\u104B' or '\u17D4';

    private static bool StartsSentence(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length && (char.IsWhiteSpace(text[i]) || text[i] is '"' or '\'' or '(' or '\u201C' or '\u2018' or '\u00AB' or '\u00BF' or '\u00A1'))
        {
            i++;
        }

        // Scripts without capitals count as starting one.
        return i < text.Length && char.IsLetter(text[i]) && !char.IsLower(text[i]);
    }

    private static bool IsEmoji(ReadOnlySpan<char> text, int i) => i < text.Length
        && (text[i] is (>= '\u2600' and <= '\u27BF') or '\u2B50' || (char.IsHighSurrogate(text[i]) && i + 1 < text.Length
            && char.IsLowSurrogate(text[i + 1]) && char.ConvertToUtf32(text[i], text[i + 1]) is >= 0x1F000 and <= 0x1FAFF));

    private static int AfterEmoji(ReadOnlySpan<char> text, int i)
    {
        var last = Math.Min(text.Length, i + MaxRun);
        while (i < last && (IsEmoji(text, i) || text[i] is '\u200D' or '\uFE0F'))
        {
            i += char.IsHighSurrogate(text[i]) ? 2 : 1;
        }

        return i;
    }

    // Emoji after a terminator, with or without a space, belong to the sentence before them.
    private static int WithEmoji(ReadOnlySpan<char> text, int end)
    {
        var emoji = end;
        while (emoji < text.Length && text[emoji] == ' ')
        {
            emoji++;
        }

        return IsEmoji(text, emoji) ? AfterEmoji(text, emoji) : end;
    }

    private static void Add(List<Range> sentences, ReadOnlySpan<char> text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            sentences.Add(start..end);
        }
    }
}
