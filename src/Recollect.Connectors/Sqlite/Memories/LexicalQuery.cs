using System.Globalization;
using System.Text;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Makes the expression that the full-text index understands of words that people wrote.</summary>
internal static class LexicalQuery
{
    private const int MaxTerms = 64;
    private const int MaxTermLength = 1_024;

    /// <summary>Builds an expression that looks into one partition only and at given columns.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="columns">The columns, separated by spaces.</param>
    /// <param name="terms">Any text. Terms without a letter or digit are dropped; those after the 64th too.</param>
    /// <returns>Null where no term is left.</returns>
    public static string? Build(long partition, string columns, IReadOnlyList<string> terms)
    {
        var expression = new StringBuilder();
        var used = 0;
        foreach (var term in terms)
        {
            var text = term.AsSpan(0, Math.Min(term.Length, MaxTermLength));
            if (used < MaxTerms && HasWord(text))
            {
                expression.Append(used++ == 0 ? string.Create(CultureInfo.InvariantCulture, $"owner : \"o{partition}\" AND {{{columns}}} : (") : " OR ");
                AppendQuoted(expression, text);
            }
        }

        return used == 0 ? null : expression.Append(')').ToString();
    }

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber)
            {
                return true;
            }
        }

        return false;
    }

    private static void AppendQuoted(StringBuilder expression, ReadOnlySpan<char> text)
    {
        expression.Append('"');
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes as U+FFFD
        {
            expression.Append(rune.Value switch
            {
                0 => " ", // would end the expression
                '"' => "\"\"",
                _ => rune.ToString(),
            });
        }

        expression.Append('"');
    }
}
