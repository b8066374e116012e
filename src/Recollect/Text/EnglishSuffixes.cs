namespace Recollect.Text;

/// <summary>Steps 2 to 5 of Porter2: derivational endings.</summary>
internal static class EnglishSuffixes
{
    /// <summary>Step 2: <c>ization</c> to <c>ize</c>, <c>fulness</c> to <c>ful</c> and so on, inside R1.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <param name="r1">Where the first region starts.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int Shorten(Span<char> word, int length, int r1)
    {
        (var cut, var put) = ((ReadOnlySpan<char>)word[..length]) switch
        {
            [.., 'a', 't', 'i', 'o', 'n', 'a', 'l'] => (7, "ate"),
            [.., 't', 'i', 'o', 'n', 'a', 'l'] => (6, "tion"),
            [.., 'i', 'z', 'a', 't', 'i', 'o', 'n'] => (7, "ize"),
            [.., 'f', 'u', 'l', 'n', 'e', 's', 's'] => (7, "ful"),
            [.., 'o', 'u', 's', 'n', 'e', 's', 's'] => (7, "ous"),
            [.., 'i', 'v', 'e', 'n', 'e', 's', 's'] => (7, "ive"),
            [.., 'b', 'i', 'l', 'i', 't', 'i'] => (6, "ble"),
            [.., 'l', 'e', 's', 's', 'l', 'i'] => (6, "less"),
            [.., 'o', 'u', 's', 'l', 'i'] => (5, "ous"),
            [.., 'e', 'n', 't', 'l', 'i'] => (5, "ent"),
            [.., 'a', 't', 'i', 'o', 'n'] => (5, "ate"),
            [.., 'a', 'l', 'i', 's', 'm'] => (5, "al"),
            [.., 'a', 'l', 'i', 't', 'i'] => (5, "al"),
            [.., 'i', 'v', 'i', 't', 'i'] => (5, "ive"),
            [.., 'f', 'u', 'l', 'l', 'i'] => (5, "ful"),
            [.., 'e', 'n', 'c', 'i'] => (4, "ence"),
            [.., 'a', 'n', 'c', 'i'] => (4, "ance"),
            [.., 'a', 'b', 'l', 'i'] => (4, "able"),
            [.., 'i', 'z', 'e', 'r'] => (4, "ize"),
            [.., 'a', 't', 'o', 'r'] => (4, "ate"),
            [.., 'a', 'l', 'l', 'i'] => (4, "al"),
            [.., 'b', 'l', 'i'] => (3, "ble"),
            [.., 'o', 'g', 'i'] => (length > 3 && word[length - 4] == 'l' ? 3 : 0, "og"),
            [.., var before, 'l', 'i'] => (before is 'c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't' ? 2 : 0, ""),
            _ => (0, ""),
        };
        return Put(word, length, cut, put, r1);
    }

    /// <summary>Step 3: <c>icate</c> to <c>ic</c>, <c>ful</c> and <c>ness</c> to nothing and so on, inside R1.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <param name="r1">Where the first region starts.</param>
    /// <param name="r2">Where the second region starts.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int ShortenMore(Span<char> word, int length, int r1, int r2)
    {
        (var cut, var put) = ((ReadOnlySpan<char>)word[..length]) switch
        {
            [.., 'a', 't', 'i', 'o', 'n', 'a', 'l'] => (7, "ate"),
            [.., 't', 'i', 'o', 'n', 'a', 'l'] => (6, "tion"),
            [.., 'a', 'l', 'i', 'z', 'e'] => (5, "al"),
            [.., 'i', 'c', 'a', 't', 'e'] => (5, "ic"),
            [.., 'i', 'c', 'i', 't', 'i'] => (5, "ic"),
            [.., 'a', 't', 'i', 'v', 'e'] => (length - 5 >= r2 ? 5 : 0, ""),
            [.., 'i', 'c', 'a', 'l'] => (4, "ic"),
            [.., 'n', 'e', 's', 's'] => (4, ""),
            [.., 'f', 'u', 'l'] => (3, ""),
            _ => (0, ""),
        };
        return Put(word, length, cut, put, r1);
    }

    /// <summary>Step 4: <c>ment</c>, <c>ance</c>, <c>able</c> and so on go, inside R2.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <param name="r2">Where the second region starts.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int Remove(Span<char> word, int length, int r2)
    {
        var cut = ((ReadOnlySpan<char>)word[..length]) switch
        {
            [.., 'e', 'm', 'e', 'n', 't'] => 5,
            [.., 'a', 'n', 'c', 'e'] or [.., 'e', 'n', 'c', 'e'] or [.., 'a', 'b', 'l', 'e'] or [.., 'i', 'b', 'l', 'e']
                or [.., 'm', 'e', 'n', 't'] => 4,
            [.., 'a', 'n', 't'] or [.., 'e', 'n', 't'] or [.., 'i', 's', 'm'] or [.., 'a', 't', 'e'] or [.., 'i', 't', 'i']
                or [.., 'o', 'u', 's'] or [.., 'i', 'v', 'e'] or [.., 'i', 'z', 'e'] => 3,
            [.., 's' or 't', 'i', 'o', 'n'] => 3,
            [.., 'a', 'l'] or [.., 'e', 'r'] or [.., 'i', 'c'] => 2,
            _ => 0,
        };
        return Put(word, length, cut, "", r2);
    }

    /// <summary>Step 5: a final e, and the second l of ll.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="length">How much of it is left.</param>
    /// <param name="r1">Where the first region starts.</param>
    /// <param name="r2">Where the second region starts.</param>
    /// <returns>How much is left after the step.</returns>
    internal static int RemoveFinal(Span<char> word, int length, int r1, int r2)
    {
        var last = word[length - 1];
        var goes = last == 'e'
            ? length - 1 >= r2 || (length - 1 >= r1 && !EnglishStemmer.EndsInShortSyllable(word[..(length - 1)]))
            : last == 'l' && length - 1 >= r2 && word[length - 2] == 'l';
        return goes ? length - 1 : length;
    }

    private static int Put(Span<char> word, int length, int cut, string put, int region)
    {
        var stem = length - cut;
        if (cut == 0 || stem < region)
        {
            return length;
        }

        put.CopyTo(word[stem..]);
        return stem + put.Length;
    }
}
