using System.Buffers;

namespace Recollect.Text;

/// <summary>Steps 1a, 1b and 1c of Porter2: plurals, past and progressive forms, final y.</summary>
internal static class EnglishInflections
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <summary>Step 1a: <c>sses</c>, <c>ied</c>, <c>ies</c>, <c>s</c>.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int RemovePlural(Span<char> word, int length)
    {
        ReadOnlySpan<char> w = word[..length];
        if (w.EndsWith("sses", StringComparison.Ordinal))
        {
            return length - 2;
        }

        if (w.EndsWith("ied", StringComparison.Ordinal) || w.EndsWith("ies", StringComparison.Ordinal))
        {
            return length > 4 ? length - 2 : length - 1;
        }

        var keeps = w[^1] != 's' || w[^2] is 's' or 'u' || !HasVowel(w[..^2]);
        return keeps ? length : length - 1;
    }

    /// <summary>Step 1b: <c>eed</c>, <c>eedly</c>, <c>ed</c>, <c>edly</c>, <c>ing</c>, <c>ingly</c>.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <param name="r1">Where the first region starts.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int RemovePast(Span<char> word, int length, int r1)
    {
        ReadOnlySpan<char> w = word[..length];
        var eed = w.EndsWith("eedly", StringComparison.Ordinal) ? 5 : w.EndsWith("eed", StringComparison.Ordinal) ? 3 : 0;
        if (eed > 0)
        {
            return length - eed >= r1 ? length - eed + 2 : length;
        }

        var ending = w.EndsWith("ingly", StringComparison.Ordinal) ? 5
            : w.EndsWith("edly", StringComparison.Ordinal) ? 4
            : w.EndsWith("ing", StringComparison.Ordinal) ? 3
            : w.EndsWith("ed", StringComparison.Ordinal) ? 2 : 0;
        return ending == 0 || !HasVowel(w[..^ending]) ? length : Repair(word, length - ending, r1);
    }

    /// <summary>Step 1c: y after a consonant becomes i, unless the consonant is the first letter.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int ReplaceY(Span<char> word, int length)
    {
        if (length > 2 && word[length - 1] is 'y' or 'Y' && !EnglishStemmer.IsVowel(word[length - 2]))
        {
            word[length - 1] = 'i';
        }

        return length;
    }

    // After an ending went: luxuriat -> luxuriate, hopp -> hop, hop -> hope.
    private static int Repair(Span<char> word, int length, int r1)
    {
        ReadOnlySpan<char> w = word[..length];
        var needsE = w.EndsWith("at", StringComparison.Ordinal) || w.EndsWith("bl", StringComparison.Ordinal)
            || w.EndsWith("iz", StringComparison.Ordinal);
        if (!needsE && length > 1 && w[^1] == w[^2] && w[^1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't')
        {
            return length - 1;
        }

        if (needsE || (length <= r1 && EnglishStemmer.EndsInShortSyllable(w)))
        {
            word[length] = 'e';
            return length + 1;
        }

        return length;
    }

    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(Vowels);
}
