using System.Globalization;

namespace Recollect.Sessions;

/// <summary>Cuts a text to a number of tokens.</summary>
internal static class TokenPrefix
{
    /// <summary>The longest token of the known vocabularies: 128 spaces.</summary>
    public const int MostCharactersOfAToken = 128;

    private const int UsualCharactersOfAToken = 4;
    private const int MostProbes = 24;

    /// <summary>Gets the longest beginning that was found to have at most so many tokens; it ends between two characters as people see them.</summary>
    /// <param name="counter">Counts tokens.</param>
    /// <param name="text">The text.</param>
    /// <param name="most">The most tokens.</param>
    /// <returns>The beginning and its tokens.</returns>
    public static (string Text, int Tokens) Of(ITokenCounter counter, string text, int most)
    {
        if (most <= 0 || text.Length == 0)
        {
            return ("", 0);
        }

        var best = (Text: "", Tokens: 0);
        var (low, high) = (0, text.Length + 1); // fits, does not fit
        var probe = (int)Math.Min(text.Length, 1L + ((long)most * UsualCharactersOfAToken)); // a long text is not counted whole
        for (var tries = 0; tries < MostProbes && low + 1 < high; tries++)
        {
            var prefix = probe == text.Length ? text : text[..Border(text, probe)];
            var tokens = counter.Count(prefix);
            if (tokens <= most)
            {
                best = prefix.Length > best.Text.Length ? (prefix, tokens) : best;
                low = probe;
            }
            else
            {
                high = probe;
            }

            probe = high > text.Length ? (int)Math.Min(text.Length, 2L * probe) : low + Math.Max(1, (high - low) / 2);
        }

        return best;
    }

    /// <summary>Gets the last border of a character as people see them that is not behind a place.</summary>
    private static int Border(string text, int place)
    {
        const int LookBack = 64; // longer ones are no characters of any script
        var start = Math.Max(0, place - LookBack);
        if (start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]))
        {
            start--;
        }

        var border = start;
        while (border < place)
        {
            var next = border + StringInfo.GetNextTextElementLength(text.AsSpan(border));
            if (next > place)
            {
                break;
            }

            border = next;
        }

        return border > start || start == 0 ? border : place - (char.IsLowSurrogate(text[place]) && char.IsHighSurrogate(text[place - 1]) ? 1 : 0);
    }
}
