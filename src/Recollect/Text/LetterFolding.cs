namespace Recollect.Text;

/// <summary>Lower-cases a character and takes its diacritics off, without the platform's Unicode normalisation.</summary>
/// <remarks>
/// Latin letters follow the canonical decompositions of the Unicode Character Database; letters without one but with a
/// customary plain form (ø, đ, ł, ß, æ …) follow that form. Greek loses its accents, Cyrillic ё becomes е, Arabic letter
/// variants fall together. Decomposed text folds to the same letters, because combining marks are dropped
/// (<see cref="IsMark"/>).
/// </remarks>
internal static class LetterFolding
{
    // Upper-case letters in these rows stand for two letters: A = ae, O = oe, S = ss, T = th, I = ij.
    private const string Latin1AndExtendedA =
        "aaaaaaAceeeeiiiidnooooo\u00D7ouuuuyTSaaaaaaAceeeeiiiidnooooo\u00F7ouuuuyTyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii"
        + "IIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    private const string LatinExtendedAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuu"
        + "vvvvwwwwwwwwwwxxxxyyzzzzzzhtwyassSSdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyylLvvyy";

    /// <summary>Says whether the character is a mark that is dropped inside a word: a combining accent, a vowel point, tatweel.</summary>
    /// <param name="c">The character.</param>
    internal static bool IsMark(char c) => c >= '\u0300'
        && (c <= '\u036F'
            || (c is >= '\u0591' and <= '\u05C7' && c is not ('\u05BE' or '\u05C0' or '\u05C3' or '\u05C6'))
            || c is (>= '\u0610' and <= '\u061A') or '\u0640' or (>= '\u064B' and <= '\u065F') or '\u0670'
            || c is (>= '\u06D6' and <= '\u06DC') or (>= '\u06DF' and <= '\u06E8')
            || c is '\u200C' or '\u200D' or (>= '\uFE00' and <= '\uFE0F'));

    /// <summary>Folds one letter or digit.</summary>
    /// <param name="c">The character.</param>
    /// <param name="second">The second folded letter, or <c>'\0'</c>.</param>
    /// <returns>The first folded letter.</returns>
    internal static char Fold(char c, out char second)
    {
        second = '\0';
        if (c < '\u00C0')
        {
            return char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c is '\u00AA' ? 'a' : c is '\u00BA' ? 'o' : c;
        }

        if (c <= '\u017F')
        {
            return Expand(Latin1AndExtendedA[c - '\u00C0'], out second);
        }

        if (c is >= '\u1E00' and <= '\u1EFF')
        {
            return Expand(LatinExtendedAdditional[c - '\u1E00'], out second);
        }

        // Full-width forms are ASCII moved up by 0xFEE0.
        if (c is >= '\uFF10' and <= '\uFF5A')
        {
            return Fold((char)(c - 0xFEE0), out second);
        }

        return FoldOther(char.ToLowerInvariant(c));
    }

    private static char Expand(char code, out char second)
    {
        (var first, second) = code switch
        {
            'A' => ('a', 'e'),
            'O' => ('o', 'e'),
            'S' => ('s', 's'),
            'T' => ('t', 'h'),
            'I' => ('i', 'j'),
            'L' => ('l', 'l'),
            _ => (code, '\0'),
        };
        return first;
    }

    private static char FoldOther(char c) => c switch
    {
        'ơ' or 'ǒ' or 'ǫ' or 'ȍ' or 'ȏ' or 'ȯ' => 'o',
        'ư' or 'ǔ' or 'ǖ' or 'ǘ' or 'ǚ' or 'ǜ' or 'ȕ' or 'ȗ' => 'u',
        'ǎ' or 'ȁ' or 'ȃ' or 'ȧ' => 'a',
        'ǐ' or 'ȉ' or 'ȋ' => 'i',
        'ȅ' or 'ȇ' or 'ȩ' => 'e',
        'ș' => 's',
        'ț' => 't',
        'ǧ' or 'ǵ' => 'g',
        'ǩ' => 'k',
        'ǹ' => 'n',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' or 'ϊ' or 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' or 'ϋ' or 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        '\u0622' or '\u0623' or '\u0625' or '\u0671' => '\u0627', // alef with madda, hamza or wasla
        '\u0649' or '\u06CC' => '\u064A', // alef maksura, Persian yeh
        '\u0629' => '\u0647', // teh marbuta
        '\u06A9' => '\u0643', // Persian kaf
        >= '\u0660' and <= '\u0669' => (char)('0' + (c - '\u0660')),
        >= '\u06F0' and <= '\u06F9' => (char)('0' + (c - '\u06F0')),
        _ => c,
    };
}
