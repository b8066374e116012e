using System.Buffers;
using System.Globalization;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Cuts text where it does the least harm: at a clause border, else between words, never inside a character.</summary>
internal static class Excerpt
{
    /// <summary>Follows what was shortened; outside of the quote.</summary>
    public const string Ellipsis = " …";

    private static readonly SearchValues<char> ClauseSigns = SearchValues.Create(",;:–—،、；，");

    /// <summary>Gets how much of the start of a text to keep.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 units to keep.</param>
    /// <returns>The length to keep, without white space at its end; the whole length when it is within the limit.</returns>
    public static int Cut(ReadOnlySpan<char> text, int most)
    {
        if (text.Length <= most)
        {
            return text.Length;
        }

        var kept = text[..most];
        var clause = kept[(most / 2)..].LastIndexOfAny(ClauseSigns);
        if (clause >= 0 && IsClauseBorder(text, (most / 2) + clause))
        {
            return kept[..((most / 2) + clause)].TrimEnd().Length;
        }

        for (var i = most; i > most / 2; i--)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return kept[..i].TrimEnd().Length;
            }
        }

        return Math.Max(1, GraphemeBorder(text, most));
    }

    /// <summary>Gets a position near the given one that is not inside a word or a character, as far as that is possible.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">A position inside the text.</param>
    public static int Border(string text, int position)
    {
        var from = Math.Max(0, position - 100);
        var space = text.AsSpan(from, position - from).LastIndexOfAny(' ', '\n');
        return space >= 0 ? from + space : from + Math.Max(0, GraphemeBorder(text.AsSpan(from), position - from));
    }

    private static bool IsClauseBorder(ReadOnlySpan<char> text, int at) =>
        at > 0 && (at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1]) || text[at] > '\u2E80');

    // The last border between graphemes at or before the position; within a single huge grapheme, one between surrogate pairs.
    private static int GraphemeBorder(ReadOnlySpan<char> text, int position)
    {
        var from = Math.Max(0, position - 64);
        from -= from > 0 && char.IsLowSurrogate(text[from]) ? 1 : 0;
        var border = from;
        while (border < position)
        {
            var next = border + StringInfo.GetNextTextElementLength(text[border..]);
            if (next > position)
            {
                break;
            }

            border = next;
        }

        return border > from ? border : char.IsLowSurrogate(text[position]) ? position - 1 : position;
    }
}
