using System.Globalization;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Finds statements, dates, numbers and persons.</summary>
internal static class FactFinder
{
    private const int MostFacts = 12;
    private const int LongestFact = 260;
    private const int MostMachineFacts = 3;
    private const double Terse = 1.5;
    private const double SameWords = 0.7;

    private static readonly (string Kind, int Share)[] Shares =
        [(FactKinds.Statement, 5), (FactKinds.Date, 3), (FactKinds.Number, 2), (FactKinds.Person, 2)];

    /// <summary>Finds up to twelve facts: those of persons before those of bots, each in the order of the conversation.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="sentences">The sentences to look at, scored.</param>
    public static IReadOnlyList<Fact> Find(Transcript transcript, IReadOnlyList<Sentence> sentences)
    {
        var drafts = new List<FactDraft>();
        foreach (var sentence in sentences)
        {
            if (KindOf(transcript, sentence) is { } kind)
            {
                drafts.Add(new FactDraft(kind, sentence, sentence.Score));
            }
        }

        drafts.AddRange(new PersonFinder(transcript).Find(sentences));
        return [.. Choose(transcript, drafts)
            .OrderBy(draft => transcript.IsMachine(draft.Sentence))
            .ThenBy(draft => draft.Sentence.Index)
            .ThenBy(draft => draft.Name, StringComparer.Ordinal)
            .Select(draft => ToFact(transcript, draft))];
    }

    private static string? KindOf(Transcript transcript, Sentence sentence)
    {
        var isOwn = !transcript.IsMachine(sentence);
        if ((!isOwn && sentence.Tells(SentenceSignals.Anaphor)) || sentence.Tells(SentenceSignals.Question | SentenceSignals.Code | SentenceSignals.Filler))
        {
            return null;
        }

        var content = transcript.ContentOf(sentence);
        var tellsEnough = content + (sentence.Tells(SentenceSignals.Date | SentenceSignals.Number) ? 1 : 0) >= Terse;
        if (content < Terse && transcript.QuestionBefore(sentence) is null)
        {
            return null;
        }

        return isOwn && sentence.Tells(SentenceSignals.Statement) && tellsEnough ? FactKinds.Statement
            : sentence.Tells(SentenceSignals.Date) ? FactKinds.Date
            : sentence.Tells(SentenceSignals.Number) ? FactKinds.Number
            : isOwn && sentence.Tells(SentenceSignals.Decision) && tellsEnough ? FactKinds.Statement
            : null;
    }

    // Each kind gets its share first; what is left goes to the best of all.
    private static List<FactDraft> Choose(Transcript transcript, List<FactDraft> drafts)
    {
        var ranked = drafts.OrderByDescending(draft => draft.Score).ThenBy(draft => draft.Sentence.Index).ToList();
        var chosen = new List<FactDraft>(MostFacts);
        var told = new List<HashSet<int>>(MostFacts);
        foreach (var (kind, share) in Shares)
        {
            Take(transcript, ranked.Where(draft => string.Equals(draft.Kind, kind, StringComparison.Ordinal)), Math.Min(MostFacts, chosen.Count + share), chosen, told);
        }

        Take(transcript, ranked.Where(draft => !chosen.Contains(draft)), MostFacts, chosen, told);
        return chosen;
    }

    private static void Take(Transcript transcript, IEnumerable<FactDraft> drafts, int upTo, List<FactDraft> chosen, List<HashSet<int>> told)
    {
        foreach (var draft in drafts)
        {
            if (chosen.Count >= upTo)
            {
                return;
            }

            var terms = TermsOf(transcript, draft.Sentence);
            var isOver = transcript.IsMachine(draft.Sentence) && chosen.Count(other => transcript.IsMachine(other.Sentence)) >= MostMachineFacts;
            if (draft.Name is not null)
            {
                chosen.Add(draft);
            }
            else if (!isOver && terms.Count > 0 && !told.Exists(other => terms.Count(other.Contains) >= SameWords * terms.Count))
            {
                chosen.Add(draft);
                told.Add(terms);
            }
        }
    }

    private static HashSet<int> TermsOf(Transcript transcript, Sentence sentence)
    {
        var terms = new HashSet<int>();
        foreach (var word in transcript.WordsOf(sentence))
        {
            if (word.IsContent)
            {
                terms.Add(word.Entry.Term);
            }
        }

        return terms;
    }

    private static Fact ToFact(Transcript transcript, FactDraft draft)
    {
        var sentence = draft.Sentence;
        var question = transcript.ContentOf(sentence) < Terse * 2 ? transcript.QuestionBefore(sentence) : null;
        var (line, citation) = Print(transcript, sentence);
        var (asked, source) = question is null ? (string.Empty, null) : Print(transcript, question);
        var text = question is null ? line : $"{asked} – {line}";
        return new Fact
        {
            Kind = draft.Kind,
            Text = draft.Name is null ? text : $"{draft.Name} – {text}",
            Citations = source is null ? [citation] : [source, citation],
        };
    }

    private static (string Line, Citation Citation) Print(Transcript transcript, Sentence sentence)
    {
        var message = transcript.MessageOf(sentence);
        var kept = Excerpt.Cut(transcript.TextOf(sentence), LongestFact);
        var quote = message.Text.Substring(sentence.Start, kept);
        var said = sentence.Tells(SentenceSignals.RelativeDate) ? message.SentAt.ToString(" '('yyyy-MM-dd')'", CultureInfo.InvariantCulture) : string.Empty;
        var line = $"{Speaker.Of(message)}{said}: {OneLine.Of(quote)}{(kept < sentence.Length ? Excerpt.Ellipsis : string.Empty)}";
        return (line, new Citation { MessageId = message.Id, Quote = quote });
    }
}
