using Recollect.Text;

namespace Recollect.Recall;

/// <summary>Knows words that tell when something was, and questions that ask for it.</summary>
internal static class TimeWords
{
    private const string Words = """
        yesterday today tonight tomorrow last next ago week month year day weekend morning evening night recent recently since soon
        monday tuesday wednesday thursday friday saturday sunday
        january february march april june july august september october november december
        summer winter spring fall autumn
        """;

    private static readonly HashSet<string> AskingWords = new(StringComparer.Ordinal) { "when", "wann", "quand", "cuando", "מתי", "متى", "متي" };

    private static readonly HashSet<string> NewestWords = new(StringComparer.Ordinal)
    {
        "now", "current", "currently", "still", "latest", "newest", "nowadays", "finally", "jetzt", "aktuell", "derzeit",
        "maintenant", "actuellement", "ahora", "actualmente", "עכשיו", "כיום", "الان", "حاليا",
    };

    private static readonly HashSet<string> Units = new(StringComparer.Ordinal) { "date", "day", "month", "year", "long" };

    private static readonly TermSet Terms = new(Words);

    /// <summary>Says whether a term tells a time.</summary>
    /// <param name="term">A term, as <see cref="TermReader"/> gives it.</param>
    internal static bool Contains(ReadOnlySpan<char> term) => Terms.Contains(term);

    /// <summary>Says whether a question asks for a time: it starts with "when", or has "how long", "what date", "which year" and the like.</summary>
    /// <param name="question">The question.</param>
    internal static bool AskedForBy(ReadOnlySpan<char> question)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(question, buffer);
        var previous = "";
        for (var first = true; tokens.Read(); first = false)
        {
            var word = tokens.Token.ToString();
            var asks = first ? AskingWords.Contains(word) : previous is "how" or "what" or "which" && Units.Contains(word);
            if (asks)
            {
                return true;
            }

            previous = word;
        }

        return false;
    }

    /// <summary>Says whether a question asks for what is so now: it has "now", "currently", "latest" and the like.</summary>
    /// <param name="question">The question.</param>
    internal static bool NewestAskedForBy(ReadOnlySpan<char> question)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(question, buffer);
        while (tokens.Read())
        {
            if (NewestWords.Contains(tokens.Token.ToString()))
            {
                return true;
            }
        }

        return false;
    }
}
