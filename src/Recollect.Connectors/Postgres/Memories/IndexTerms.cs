using System.Text;
using Recollect.Text;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Writes text as the words of the full-text index, each once and marked with the circle that may see it.</summary>
internal static class IndexTerms
{
    private const int MostBytes = 1_000_000; // of a tsvector, which holds less than 2^20
    private const int MostTerms = 256;
    private const int LongestTerm = 256;

    /// <summary>Gets the different words of a text, separated by spaces, and how many there are. Where they are more than a tsvector holds, the first are kept.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="mark">The mark.</param>
    public static (string Words, int Count) Of(ReadOnlySpan<char> text, string mark)
    {
        var terms = SearchText.Terms(text, mark);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var different = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        var (words, bytes, count) = (new StringBuilder(), 0, 0);
        foreach (var range in terms.AsSpan().Split(' '))
        {
            var word = terms.AsSpan(range);
            if (word.Length > 0 && different.Add(word))
            {
                bytes += Encoding.UTF8.GetByteCount(word);
                if (bytes > MostBytes)
                {
                    break;
                }

                words.Append(words.Length > 0 ? " " : string.Empty).Append(word);
                count++;
            }
        }

        return (words.ToString(), count);
    }

    /// <summary>Gets terms as queries for one word each, quoted and marked.</summary>
    /// <param name="terms">Any text. What cannot be a word of the index is left out; of the rest the first 256 different ones are taken.</param>
    /// <param name="mark">The mark.</param>
    public static string[] Queries(IEnumerable<string> terms, string mark) =>
    [
        .. terms.Where(IsTerm).Distinct(StringComparer.Ordinal).Take(MostTerms)
            .Select(term => $"'{mark}{term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"),
    ];

    private static bool IsTerm(string term)
    {
        if (term.Length is 0 or > LongestTerm)
        {
            return false;
        }

        foreach (var rune in term.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value <= ' ')
            {
                return false;
            }
        }

        return true;
    }
}
