using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Says how much each sentence is worth, before what was chosen already counts.</summary>
internal static class SentenceScorer
{
    /// <summary>Scores all sentences.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="weights">What its stems tell.</param>
    public static void Score(Transcript transcript, TermWeights weights)
    {
        var opening = transcript.Sentences.Find(sentence => !transcript.IsMachine(sentence) && !sentence.Tells(SentenceSignals.Filler | SentenceSignals.Code));
        foreach (var sentence in transcript.Sentences)
        {
            var news = 0.0;
            foreach (var word in transcript.WordsOf(sentence))
            {
                var isFirst = weights.FirstSentenceOf(word.Entry.Term) == sentence.Index;
                news += weights[word.Entry.Term] * (isFirst ? 1.15 : 1);
            }

            var factor = FactorOf(transcript, sentence) * (sentence.Message == opening?.Message ? 1.25 : 1);
            sentence.Score = factor * Damped(news, sentence.Length);
        }
    }

    /// <summary>Gets a sum of weights in proportion to the length of the sentence, so that long ones do not win by length alone.</summary>
    /// <param name="sum">The sum of weights.</param>
    /// <param name="length">The length of the sentence.</param>
    public static double Damped(double sum, int length) => (sum + 0.05) / Math.Sqrt(length + 40);

    /// <summary>Gets what speaker and signals make of the worth of a sentence.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="sentence">One of its sentences.</param>
    public static double FactorOf(Transcript transcript, Sentence sentence)
    {
        var role = transcript.MessageOf(sentence).Role;
        var isMachine = transcript.IsMachine(sentence);
        var factor = role switch { Roles.Assistant => 0.45, Roles.System => 0.3, _ => 1.0 };
        factor *= sentence.Tells(SentenceSignals.Filler) ? 0.1 : 1;
        factor *= sentence.Tells(SentenceSignals.Code) ? 0.05 : 1;
        factor *= sentence.Tells(SentenceSignals.Anaphor) ? 0.8 : 1;
        if (sentence.Tells(SentenceSignals.Question))
        {
            return factor * (isMachine ? 0.4 : 0.75);
        }

        factor *= sentence.Tells(SentenceSignals.Statement) && !isMachine ? 1.4 : 1;
        factor *= sentence.Tells(SentenceSignals.Decision) ? 1.35 : 1;
        factor *= sentence.Tells(SentenceSignals.Date) ? 1.2 : 1;
        factor *= sentence.Tells(SentenceSignals.Number) ? 1.15 : 1;
        return factor * (sentence.Tells(SentenceSignals.Capital) ? 1.1 : 1);
    }
}
