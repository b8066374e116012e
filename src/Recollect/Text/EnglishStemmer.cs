namespace Recollect.Text;

/// <summary>Takes the endings off English words, in place.</summary>
/// <remarks>
/// Written from the published description of the Porter2 ("English") algorithm:
/// M. F. Porter, "The English (Porter2) stemming algorithm", 2001-2002, https://snowballstem.org/algorithms/english/stemmer.html.
/// Input is what <see cref="Tokenizer"/> gives: lower case, without apostrophes. Words with anything but a-z come back as they are.
/// </remarks>
internal static class EnglishStemmer
{
    /// <summary>Stems the word at the start of the buffer; a stem is never longer than its word.</summary>
    /// <param name="word">The word, in lower case.</param>
    /// <returns>The length of the stem.</returns>
    internal static int Stem(Span<char> word)
    {
        if (word.Length <= 2 || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return word.Length;
        }

        var fixedLength = EnglishStemExceptions.Apply(word);
        if (fixedLength > 0)
        {
            return fixedLength;
        }

        MarkConsonantY(word);
        (var r1, var r2) = Regions(word);
        var length = EnglishInflections.RemovePlural(word, word.Length);
        if (!EnglishStemExceptions.StopsAfterPlural(word[..length]))
        {
            length = EnglishInflections.RemovePast(word, length, r1);
            length = EnglishInflections.ReplaceY(word, length);
            length = EnglishSuffixes.Shorten(word, length, r1);
            length = EnglishSuffixes.ShortenMore(word, length, r1, r2);
            length = EnglishSuffixes.Remove(word, length, r2);
            length = EnglishSuffixes.RemoveFinal(word, length, r1, r2);
        }

        word[..length].Replace('Y', 'y');
        return length;
    }

    /// <summary>Says whether the character is a vowel; <c>Y</c> marks a consonant y and is none.</summary>
    /// <param name="c">A letter.</param>
    internal static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    /// <summary>Says whether the word ends in a short syllable: consonant, vowel, consonant other than w, x, Y; or vowel, consonant.</summary>
    /// <param name="word">The word.</param>
    internal static bool EndsInShortSyllable(ReadOnlySpan<char> word)
    {
        var n = word.Length;
        return n == 2
            ? IsVowel(word[0]) && !IsVowel(word[1])
            : n > 2 && !IsVowel(word[n - 3]) && IsVowel(word[n - 2]) && !IsVowel(word[n - 1]) && word[n - 1] is not ('w' or 'x' or 'Y');
    }

    private static void MarkConsonantY(Span<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == 'y' && (i == 0 || IsVowel(word[i - 1])))
            {
                word[i] = 'Y';
            }
        }
    }

    // R1 is what follows the first consonant after a vowel, R2 the same within R1.
    private static (int R1, int R2) Regions(ReadOnlySpan<char> word)
    {
        var r1 = word.StartsWith("gener", StringComparison.Ordinal) || word.StartsWith("arsen", StringComparison.Ordinal) ? 5
            : word.StartsWith("commun", StringComparison.Ordinal) ? 6
            : RegionAfter(word, 0);
        return (r1, RegionAfter(word, r1));
    }

    private static int RegionAfter(ReadOnlySpan<char> word, int start)
    {
        for (var i = start + 1; i < word.Length; i++)
        {
            if (!IsVowel(word[i]) && IsVowel(word[i - 1]))
            {
                return i + 1;
            }
        }

        return word.Length;
    }
}
