using Recollect.Memorize.Generation.Extractive.Cues;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>How much each stem of a conversation tells.</summary>
internal sealed class TermWeights
{
    private const double MostForRepeating = 2;

    private readonly double[] _weights;
    private readonly int[] _counts;
    private readonly int[] _firstSentence;

    private TermWeights(int terms) => (_weights, _counts, _firstSentence) = (new double[terms], new int[terms], new int[terms]);

    /// <summary>Weighs the stems: those that come back more, those of every chat less, function words nothing.</summary>
    /// <param name="transcript">The conversation.</param>
    public static TermWeights Of(Transcript transcript)
    {
        var weights = new TermWeights(transcript.Vocabulary.TermCount);
        foreach (var sentence in transcript.Sentences)
        {
            if (!sentence.Tells(SentenceSignals.Code))
            {
                weights.Count(transcript, sentence);
            }
        }

        for (var term = 0; term < weights._weights.Length; term++)
        {
            weights._weights[term] *= Math.Min(MostForRepeating, 1 + (0.5 * Math.Log(Math.Max(1, weights._counts[term]))));
        }

        return weights;
    }

    /// <summary>Gets the weight of a stem; zero for function words.</summary>
    public double this[int term] => _weights[term];

    /// <summary>Gets how often the stem comes.</summary>
    public int CountOf(int term) => _counts[term];

    /// <summary>Gets the sentence that mentions the stem first.</summary>
    public int FirstSentenceOf(int term) => _firstSentence[term];

    private void Count(Transcript transcript, Sentence sentence)
    {
        foreach (var word in transcript.WordsOf(sentence))
        {
            if (!word.IsContent)
            {
                continue;
            }

            var term = word.Entry.Term;
            if (_counts[term]++ == 0)
            {
                _firstSentence[term] = sentence.Index;
            }

            _weights[term] = Math.Max(_weights[term], transcript.Authors.Contains(word.Entry.Folded) ? 0.1 : WeightOf(word));
        }
    }

    private static double WeightOf(Word word)
    {
        if (word.Has(WordTraits.Common) || word.Has(CueKinds.Filler | CueKinds.Function))
        {
            return 0.25;
        }

        return word.Has(WordTraits.Unspaced) ? 0.4
            : word.Has(WordTraits.Number) ? 0.7
            : word.Has(WordTraits.Capital) && !word.Has(WordTraits.Opens) ? 1.25
            : 1;
    }
}
