namespace Recollect.Text;

/// <summary>The words that the Porter2 description lists as exceptions.</summary>
internal static class EnglishStemExceptions
{
    /// <summary>Writes the fixed stem of a listed word over the word.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The length of the stem, or 0 if the word is not listed.</returns>
    internal static int Apply(Span<char> word)
    {
        if (word.Length is < 3 or > 6)
        {
            return 0;
        }

        ReadOnlySpan<char> stem = ((ReadOnlySpan<char>)word) switch
        {
            "skis" => "ski",
            "skies" => "sky",
            "dying" => "die",
            "lying" => "lie",
            "tying" => "tie",
            "idly" => "idl",
            "gently" => "gentl",
            "ugly" => "ugli",
            "early" => "earli",
            "only" => "onli",
            "singly" => "singl",
            "sky" => "sky",
            "news" => "news",
            "howe" => "howe",
            "atlas" => "atlas",
            "cosmos" => "cosmos",
            "bias" => "bias",
            "andes" => "andes",
            _ => default,
        };
        stem.CopyTo(word);
        return stem.Length;
    }

    /// <summary>Says whether the word, its plural ending taken off, is left as it is.</summary>
    /// <param name="word">The word.</param>
    internal static bool StopsAfterPlural(ReadOnlySpan<char> word) => word
        is "inning" or "outing" or "canning" or "herring" or "earring" or "proceed" or "exceed" or "succeed";
}
