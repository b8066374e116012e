using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Tells amounts, times, telephone numbers and numeric dates from numbers that mean nothing alone.</summary>
internal static class NumberReader
{
    /// <summary>Reads what the number at a word tells.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="start">Where it starts in its message.</param>
    /// <param name="words">Its words.</param>
    /// <param name="i">The place of the word; anything but a number tells nothing.</param>
    public static SentenceSignals Read(ReadOnlySpan<char> text, int start, ReadOnlySpan<Word> words, int i)
    {
        var word = words[i];
        if (!word.Has(WordTraits.Number) || word.Has(WordTraits.Link))
        {
            return SentenceSignals.None;
        }

        var before = CharAt(text, word.Start - start - 1);
        var after = CharAt(text, word.End - start);
        if (IsNumericDate(text, start, words, i))
        {
            return SentenceSignals.Date;
        }

        var isAmount = IsCurrency(before) || IsCurrency(after) || after is '%' or '°'
            || (CharAt(text, word.Start - start - 2) is var second && before == ' ' && IsCurrency(second))
            || (after == ' ' && CharAt(text, word.End - start + 1) is '%' or '€' or '°');
        var hasUnit = i + 1 < words.Length && words[i + 1].Has(CueKinds.Unit) && words[i + 1].Start - word.End <= 1;
        var isTime = after == ':' && i + 1 < words.Length && words[i + 1].Has(WordTraits.Number) && words[i + 1].Start == word.End + 1;
        return isAmount || hasUnit || isTime || HasGluedUnit(word) || IsPhone(text, start, words, i) || IsLarge(word)
            ? SentenceSignals.Number
            : Ordinal(words, i);
    }

    // "on the 28th", "the 4th of": the day of a month that goes without saying.
    private static SentenceSignals Ordinal(ReadOnlySpan<Word> words, int i)
    {
        var folded = words[i].Entry.Folded;
        return folded.Length is 3 or 4 && i > 0 && words[i - 1].Entry.Folded is "the"
            && (folded.EndsWith("th", StringComparison.Ordinal) || folded.EndsWith("st", StringComparison.Ordinal)
                || folded.EndsWith("nd", StringComparison.Ordinal) || folded.EndsWith("rd", StringComparison.Ordinal))
            ? SentenceSignals.Date
            : SentenceSignals.None;
    }

    // 2026-03-05, 5.3.2026, 05/03/26: three groups with the same sign between them.
    private static bool IsNumericDate(ReadOnlySpan<char> text, int start, ReadOnlySpan<Word> words, int i)
    {
        if (i + 2 >= words.Length || !IsGroup(words[i + 1]) || !IsGroup(words[i + 2]) || words[i].Length > 4)
        {
            return false;
        }

        var sign = CharAt(text, words[i].End - start);
        return sign is '-' or '.' or '/' && words[i + 1].Start == words[i].End + 1
            && words[i + 2].Start == words[i + 1].End + 1 && CharAt(text, words[i + 1].End - start) == sign
            && words[i + 1].Length <= 2 && (words[i].Length == 4 || words[i].Length <= 2) && words[i + 2].Length is 2 or 4;
    }

    private static bool IsPhone(ReadOnlySpan<char> text, int start, ReadOnlySpan<Word> words, int i)
    {
        var digits = words[i].Length;
        var at = i;
        while (at + 1 < words.Length && IsGroup(words[at + 1]) && words[at + 1].Start - words[at].End <= 2
            && CharAt(text, words[at].End - start) is '-' or ' ' or '/' or ')' && words[at + 1].Length >= 2 && at - i < 6)
        {
            at++;
            digits += words[at].Length;
        }

        return at > i && digits >= 7;
    }

    private static bool IsGroup(Word word) => word.Has(WordTraits.Number) && char.IsAsciiDigit(word.Entry.Folded[^1]);

    // 5km, 74k, 5pm, 10h, but not the ordinals 5th and 1st nor names such as 3d.
    private static bool HasGluedUnit(Word word)
    {
        var folded = word.Entry.Folded.AsSpan();
        var unit = folded.TrimStart("0123456789");
        return unit.Length is > 0 and < 4 && unit.Length < folded.Length && (CueLexicon.Of(unit) & CueKinds.Unit) != CueKinds.None;
    }

    private static bool IsLarge(Word word) => word.Length >= 5 && IsGroup(word);

    private static bool IsCurrency(char c) => c is '$' or '€' or '£' or '¥' or '₹' or '₪' or '₽' or '₺' or '₩' or '¢';

    private static char CharAt(ReadOnlySpan<char> text, int at) => at >= 0 && at < text.Length ? text[at] : '\0';
}
