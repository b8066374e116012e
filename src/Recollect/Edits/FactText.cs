using System.Text;
using Recollect.Conversations;
using Recollect.Memorize.Generation.Extractive;
using Recollect.Text;

namespace Recollect.Edits;

/// <summary>Compares what facts say, and checks what people write in their place.</summary>
internal static class FactText
{
    private const int FewestWords = 2; // fewer say too little to tell that two facts are about the same

    /// <summary>Gets a text as it is kept: trimmed, and well-formed.</summary>
    /// <exception cref="EditException">It is empty or too long.</exception>
    public static string Checked(string text)
    {
        var kept = WellFormedText.Of(text).Trim();
        return Plain(kept).Length == 0 ? throw new EditException("A fact must say something; to take it away, delete it.")
            : kept.Length > MemoryEditor.LongestFact ? throw new EditException($"A fact has at most {MemoryEditor.LongestFact:N0} characters; this one has {kept.Length:N0}.")
            : kept;
    }

    /// <summary>Tells whether two texts are the same but for case, white space and marks of direction.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether two texts share most of their words: two of three of those of the longer one, function words aside.</summary>
    public static bool IsNear(string one, string other)
    {
        var (words, others) = (TermsOf(one), TermsOf(other));
        var longer = Math.Max(words.Count, others.Count);
        return words.Count >= FewestWords && others.Count >= FewestWords && words.Count(others.Contains) * 3 >= longer * 2;
    }

    /// <summary>Tells whether a text has enough words to be known by them.</summary>
    public static bool SaysMuch(string text) => TermsOf(text).Count >= FewestWords;

    /// <summary>Gets the end of a fact that is a quote of a message: the offline writer puts before it who said it and when. Null where there is none.</summary>
    public static string? WordsOf(Fact fact) => fact.Citations.Select(static citation => citation.Quote is { } quote ? OneLine.Of(quote) : string.Empty)
        .FirstOrDefault(words => words.Length > 0 && words.Length < fact.Text.Length && fact.Text.EndsWith(words, StringComparison.Ordinal));

    private static HashSet<string> TermsOf(string text) => [.. SearchText.Terms(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                plain.Append(plain.Length > 0 && plain[^1] != ' ' ? " " : string.Empty);
            }
            else if (!IsDirection(c))
            {
                plain.Append(c);
            }
        }

        return plain.ToString().TrimEnd();
    }

    private static bool IsDirection(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
