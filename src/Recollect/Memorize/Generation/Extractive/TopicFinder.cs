using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Finds the phrases that say what a conversation is about.</summary>
/// <remarks>
/// In the manner of RAKE: runs of content words between function words, scored by the weight of their stems; what stands
/// where nouns stand and what comes back scores higher.
/// </remarks>
internal sealed class TopicFinder(Transcript transcript, TermWeights weights)
{
    private const int MostTopics = 6;
    private const int MostWords = 3;
    private const int LongestTopic = 60;
    private const CueKinds Untopical = CueKinds.Filler | CueKinds.Month | CueKinds.Weekday | CueKinds.RelativeDate | CueKinds.Unit
        | CueKinds.Title | CueKinds.Function | CueKinds.Determiner | CueKinds.BeforeVerb;

    private readonly Dictionary<(int, int, int), TopicPhrase> _phraseOf = [];
    private readonly List<TopicPhrase> _phrases = [];

    /// <summary>Finds up to six topics, most important first.</summary>
    /// <param name="sentences">The sentences to look at.</param>
    public IReadOnlyList<string> Find(IReadOnlyList<Sentence> sentences)
    {
        foreach (var sentence in sentences)
        {
            if (!sentence.Tells(SentenceSignals.Code | SentenceSignals.Filler))
            {
                Collect(sentence);
            }
        }

        foreach (var phrase in _phrases)
        {
            phrase.Score = ScoreOf(phrase);
        }

        return Choose();
    }

    private List<string> Choose()
    {
        var chosen = new List<TopicPhrase>(MostTopics);
        var topics = new List<string>(MostTopics);
        while (topics.Count < MostTopics && Best() is { } phrase)
        {
            phrase.Score = 0;
            if (!chosen.Exists(phrase.Overlaps) && phrase.Surface(transcript) is { Length: <= LongestTopic } surface
                && !topics.Contains(surface, StringComparer.OrdinalIgnoreCase))
            {
                chosen.Add(phrase);
                topics.Add(surface);
            }
        }

        return topics;
    }

    // The first of the best ones: phrases lie in the order of their first mention, shorter ones first.
    private TopicPhrase? Best()
    {
        TopicPhrase? best = null;
        foreach (var phrase in _phrases)
        {
            best = phrase.Score > (best?.Score ?? 0) ? phrase : best;
        }

        return best;
    }

    private void Collect(Sentence sentence)
    {
        var words = transcript.WordsOf(sentence);
        for (var i = 0; i < words.Length; i++)
        {
            var evidence = NounEvidence(words, i);
            for (var length = 1; length <= MostWords && i + length <= words.Length; length++)
            {
                var last = words[i + length - 1];
                if (!IsTopical(last) || (length > 1 && (!last.Has(WordTraits.Follows) || last.Has(WordTraits.Unspaced))))
                {
                    break;
                }

                Add(sentence, words.Slice(i, length), evidence);
            }
        }
    }

    private void Add(Sentence sentence, ReadOnlySpan<Word> words, double evidence)
    {
        var terms = (words[0].Entry.Term, words.Length > 1 ? words[1].Entry.Term : -1, words.Length > 2 ? words[2].Entry.Term : -1);
        if (!_phraseOf.TryGetValue(terms, out var phrase))
        {
            _phraseOf.Add(terms, phrase = new TopicPhrase(terms));
            _phrases.Add(phrase);
        }

        var isNamed = words[^1].Has(WordTraits.Capital) && !words[^1].Has(WordTraits.Opens);
        phrase.Add(sentence.Message, words[0], words[^1], (isNamed ? 1 : evidence) * EndingFactor(words[^1]), isNamed && IsName(words), !transcript.IsMachine(sentence));
    }

    private static bool IsName(ReadOnlySpan<Word> words)
    {
        foreach (var word in words)
        {
            if (!word.Has(WordTraits.Capital))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsTopical(Word word)
    {
        var least = word.Has(WordTraits.Unspaced) ? 2 : word.Has(WordTraits.Shouted) ? 2 : 3;
        return word.IsContent && !word.Has(WordTraits.Common | WordTraits.Number) && (word.Entry.Cues & Untopical) == CueKinds.None
            && word.Length >= least && !transcript.Authors.Contains(word.Entry.Folded)
            && (!word.Has(WordTraits.Unspaced) || weights.CountOf(word.Entry.Term) > 1);
    }

    private static double NounEvidence(ReadOnlySpan<Word> words, int i)
    {
        if (i == 0)
        {
            return 0.3;
        }

        var before = words[i - 1];
        return before.Has(CueKinds.Determiner) ? 1 : before.Has(CueKinds.BeforeVerb) ? 0 : before.Has(WordTraits.Number) ? 0.8 : 0.4;
    }

    private static double EndingFactor(Word word)
    {
        var folded = word.Entry.Folded;
        return folded.EndsWith("ed", StringComparison.Ordinal) || folded.EndsWith("ly", StringComparison.Ordinal)
            || folded.EndsWith("ing", StringComparison.Ordinal) ? 0.5 : 1;
    }

    private double ScoreOf(TopicPhrase phrase)
    {
        var (first, second, third) = phrase.Terms;
        var sum = weights[first] + (second < 0 ? 0 : weights[second]) + (third < 0 ? 0 : weights[third]);
        var isName = phrase.NameCount * 2 > phrase.Count;
        var once = phrase.Count > 1 || isName ? 1 : phrase.Words switch { 1 => 1, 2 => 0.75, _ => 0.55 };
        var noun = 0.2 + (0.8 * phrase.NounEvidence / phrase.Count);
        var person = phrase.PersonCount > 0 ? 1 : 0.6;
        return sum / Math.Pow(phrase.Words, isName ? 0.45 : 0.6) * (1 + Math.Log(phrase.Count)) * once * noun * person;
    }
}
