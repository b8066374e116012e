using System.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Makes the expression that the full-text index understands of terms that people wrote.</summary>
internal static class MatchExpression
{
    private const int MaxTerms = 256;
    private const int MaxTermLength = 256;

    /// <summary>Gets the terms as words of the index, each quoted and with the partition's mark, so that it can match one partition only.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="terms">Any text. What is no term of the index matches nothing; terms after the 256th are dropped.</param>
    public static List<string> Words(long partition, IReadOnlyList<string> terms)
    {
        var mark = IndexTerms.MarkOf(partition);
        return [.. terms.Where(IsTerm).Take(MaxTerms).Select(term => $"\"{mark}{term}\"")];
    }

    /// <summary>Gets the expression of texts that hold some of the words.</summary>
    public static string AnyOf(IEnumerable<string> words) => string.Join(" OR ", words);

    /// <summary>Gets the expression of texts that hold all of the words.</summary>
    public static string AllOf(IEnumerable<string> words) => string.Join(" AND ", words);

    // The index holds letters and digits only, so nothing else needs quoting, and nothing else can match.
    private static bool IsTerm(string term)
    {
        if (term.Length is 0 or > MaxTermLength)
        {
            return false;
        }

        foreach (var rune in term.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value is '"' or < ' ')
            {
                return false;
            }
        }

        return true;
    }
}
