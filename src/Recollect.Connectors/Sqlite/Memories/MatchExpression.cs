using System.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Makes the expression that the full-text index understands of terms that people wrote.</summary>
internal static class MatchExpression
{
    private const int MaxTerms = 256;
    private const int MaxTermLength = 256;

    /// <summary>Builds an expression that can match one partition only: every term carries the partition's mark.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="terms">Any text. What is no term of the index matches nothing; terms after the 256th are dropped.</param>
    /// <returns>Null where no term is left.</returns>
    public static string? Build(long partition, IReadOnlyList<string> terms)
    {
        var expression = new StringBuilder();
        var mark = IndexTerms.MarkOf(partition);
        foreach (var term in terms.Where(IsTerm).Take(MaxTerms))
        {
            expression.Append(expression.Length == 0 ? "\"" : " OR \"").Append(mark).Append(term).Append('"');
        }

        return expression.Length == 0 ? null : expression.ToString();
    }

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
