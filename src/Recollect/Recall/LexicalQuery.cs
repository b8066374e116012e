using Recollect.Text;

namespace Recollect.Recall;

/// <summary>A question, read once: the terms to look for, the words related to them, and what is asked.</summary>
/// <remarks>Any text is safe: a term has nothing but lower-case letters and digits, so it can stand quoted in any query language.</remarks>
internal sealed class LexicalQuery
{
    /// <summary>How much a word of the same concept group counts beside the term itself.</summary>
    internal const float RelatedWeight = 0.15f;

    private readonly Dictionary<string, TermMatch[]>.AlternateLookup<ReadOnlySpan<char>> _matches;

    private LexicalQuery(string text, string? author, string rest, IReadOnlyList<string> terms, Dictionary<string, TermMatch[]> matches)
    {
        Text = text;
        Author = author;
        TextWithoutAuthors = rest;
        Terms = terms;
        TermWeights = [.. terms.Select(term => FormWords.Contains(term) ? FormWords.Weight : 1)];
        RelatedTerms = [.. matches.Keys.Except(terms, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _matches = matches.GetAlternateLookup<ReadOnlySpan<char>>();
        AsksForTime = TimeWords.AskedForBy(text);
        Period = QueryPeriod.Find(text);
        IsOfAsker = author is null && PersonWords.SpeakOfAsker(text);
        AsksForNewest = Period is null && (IsOfAsker || TimeWords.NewestAskedForBy(text));
    }

    /// <summary>Gets the question as it was asked.</summary>
    public string Text { get; }

    /// <summary>Gets the question without the authors' names: what to embed. Never empty where the question is not.</summary>
    public string TextWithoutAuthors { get; }

    /// <summary>Gets the one author that the question names, or null if it names none or several.</summary>
    public string? Author { get; }

    /// <summary>Gets the distinct terms but authors' names, in order; function words only where there is nothing else. Empty if the text has no word.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Gets what each term counts beside the others, by its position; at most 1.</summary>
    public float[] TermWeights { get; }

    /// <summary>Gets words that share a concept with a term: worth fetching as candidates, weak as evidence.</summary>
    public IReadOnlyList<string> RelatedTerms { get; }

    /// <summary>Gets a value indicating whether a date or a duration is asked for.</summary>
    public bool AsksForTime { get; }

    /// <summary>Gets the time that the question names, or null.</summary>
    public QueryPeriod? Period { get; }

    /// <summary>Gets a value indicating whether the one who asks speaks of themselves ("my", "we") and names no other author: what people write is the evidence then, rather than what the assistant says.</summary>
    public bool IsOfAsker { get; }

    /// <summary>Gets a value indicating whether what is so now is asked for: with a word like "now" or "latest", or of the asker, and without the name of a time.</summary>
    public bool AsksForNewest { get; }

    /// <summary>Reads a question.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="authors">The names of those who wrote the messages that are searched; may be empty.</param>
    public static LexicalQuery Parse(string text, IEnumerable<string> authors)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(authors);
        var named = QuestionNames.Find(text, authors, out var rest);
        var terms = Read(rest, stopWords: false);
        terms = terms.Count > 0 ? terms : Read(rest, stopWords: true);
        return new LexicalQuery(text, named.Count == 1 ? named[0] : null, rest, terms, Match(terms));
    }

    /// <summary>Gets the terms that a word of a message stands for.</summary>
    /// <param name="word">A term, as the index keeps it.</param>
    internal ReadOnlySpan<TermMatch> MatchesOf(ReadOnlySpan<char> word) =>
        _matches.TryGetValue(word, out var found) ? found : [];

    private static List<string> Read(string text, bool stopWords)
    {
        var terms = new List<string>();
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(text, buffer);
        while (reader.Read())
        {
            var term = reader.Term.ToString();
            if (reader.IsStopWord == stopWords && !terms.Contains(term, StringComparer.Ordinal))
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    private static Dictionary<string, TermMatch[]> Match(List<string> terms)
    {
        var matches = new Dictionary<string, List<TermMatch>>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Count; i++)
        {
            Add(matches, terms[i], new TermMatch(i, 1));
            foreach (var group in ConceptLexicon.GroupsOf(terms[i]))
            {
                foreach (var word in ConceptLexicon.Groups[group])
                {
                    Add(matches, word, new TermMatch(i, RelatedWeight));
                }
            }
        }

        return matches.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, List<TermMatch>> matches, string word, TermMatch match)
    {
        if (!matches.TryGetValue(word, out var found))
        {
            matches.Add(word, found = []);
        }

        // The term itself comes before words related to it; one relation is enough.
        if (!found.Exists(other => other.Term == match.Term))
        {
            found.Add(match);
        }
    }
}
