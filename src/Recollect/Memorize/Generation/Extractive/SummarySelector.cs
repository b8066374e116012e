namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Chooses the sentences of a summary one by one: each time the one that adds most to what is already covered.</summary>
internal sealed class SummarySelector(Transcript transcript, TermWeights weights)
{
    private const int LeastRoom = 320;
    private const int LongestLine = 200;
    private const int LeastLine = 24;
    private const int ShortSentence = 50;
    private const double TerseAnswer = 2;
    private const double RepeatedTerm = 0.2;
    private const double LeastGain = 0.2;

    private readonly int[] _covered = new int[transcript.Vocabulary.TermCount];
    private readonly int[] _seen = new int[transcript.Vocabulary.TermCount];
    private readonly bool[] _isTaken = new bool[transcript.Sentences.Count];
    private readonly List<Selection> _chosen = [];
    private int _look;
    private int _room;

    /// <summary>Chooses sentences.</summary>
    /// <param name="candidates">The sentences to choose from, scored.</param>
    /// <param name="maxCharacters">The longest summary, in UTF-16 units.</param>
    /// <returns>The chosen ones with the length to keep, in the order of the conversation.</returns>
    public List<Selection> Select(IReadOnlyList<Sentence> candidates, int maxCharacters)
    {
        _room = Target(candidates, maxCharacters);
        var turns = MostSentences(candidates.Count);
        var first = 0.0;
        while (turns > 0 && _room > LeastLine && Best(candidates) is { } best && best.Gain >= first * LeastGain)
        {
            first = Math.Max(first, best.Gain);
            _isTaken[best.Sentence.Index] = true;
            if (TryAdd(best.Sentence))
            {
                turns -= best.Sentence.Length < ShortSentence ? 0.5 : 1;
                AddQuestion(best.Sentence);
            }
        }

        _chosen.Sort((left, right) => left.Sentence.Index.CompareTo(right.Sentence.Index));
        return _chosen;
    }

    private bool TryAdd(Sentence sentence)
    {
        var overhead = Speaker.Of(transcript.MessageOf(sentence)).Length + 3;
        var most = Math.Max(LongestLine - overhead - Excerpt.Ellipsis.Length, LeastLine);
        var kept = Excerpt.Cut(transcript.TextOf(sentence), most);
        var cost = kept + overhead + (kept < sentence.Length ? Excerpt.Ellipsis.Length : 0);
        if (cost > _room)
        {
            return false;
        }

        _room -= cost;
        _chosen.Add(new Selection(sentence, kept));
        foreach (var word in transcript.WordsOf(sentence))
        {
            _covered[word.Entry.Term]++;
        }

        return true;
    }

    // "The 26th." tells nothing without what was asked.
    private void AddQuestion(Sentence answer)
    {
        if (transcript.ContentOf(answer) <= TerseAnswer && transcript.QuestionBefore(answer) is { } question && !_isTaken[question.Index])
        {
            _isTaken[question.Index] = true;
            TryAdd(question);
        }
    }

    // Three to six sentences for ten messages; more for more, in a slower and slower growth.
    private double MostSentences(int candidates)
    {
        var length = Math.Max(transcript.Messages.Count, candidates / 3.0);
        return Math.Clamp(2 + (0.4 * length), 2, 20);
    }

    // Half of a short conversation, all the room for a long one.
    private static int Target(IReadOnlyList<Sentence> candidates, int maxCharacters)
    {
        var characters = 0L;
        foreach (var sentence in candidates)
        {
            characters += sentence.Length;
        }

        return (int)Math.Min(maxCharacters, Math.Max(LeastRoom, characters / 2));
    }

    private (Sentence Sentence, double Gain)? Best(IReadOnlyList<Sentence> candidates)
    {
        Sentence? best = null;
        var most = 0.0;
        foreach (var sentence in candidates)
        {
            // The gain is never above the score, so most sentences need no look at their words.
            if (_isTaken[sentence.Index] || sentence.Score <= most)
            {
                continue;
            }

            var gain = sentence.Score * Novelty(sentence);
            if (gain > most)
            {
                (best, most) = (sentence, gain);
            }
        }

        return best is null ? null : (best, most);
    }

    // The share of what the sentence tells that is not told yet.
    private double Novelty(Sentence sentence)
    {
        _look++;
        var (all, news) = (0.05, 0.05);
        foreach (var word in transcript.WordsOf(sentence))
        {
            var term = word.Entry.Term;
            if (_seen[term] != _look)
            {
                _seen[term] = _look;
                all += weights[term];
                news += weights[term] * (_covered[term] == 0 ? 1 : RepeatedTerm);
            }
        }

        return news / all;
    }
}
