namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Bounds how many sentences are compared with each other.</summary>
internal static class Candidates
{
    private const int Stretches = 100;
    private const int PerStretch = 4;

    /// <summary>Gets the best sentences, spread over the whole conversation.</summary>
    /// <param name="sentences">All sentences, scored.</param>
    /// <returns>All of them when they are few; otherwise the best four of each of a hundred equal stretches; in order.</returns>
    public static IReadOnlyList<Sentence> Of(List<Sentence> sentences)
    {
        if (sentences.Count <= Stretches * PerStretch)
        {
            return sentences;
        }

        var best = new List<Sentence>(Stretches * PerStretch);
        for (var i = 0; i < Stretches; i++)
        {
            var from = (int)((long)sentences.Count * i / Stretches);
            var to = (int)((long)sentences.Count * (i + 1) / Stretches);
            best.AddRange(sentences[from..to]
                .OrderByDescending(sentence => sentence.Score)
                .ThenBy(sentence => sentence.Index)
                .Take(PerStretch)
                .OrderBy(sentence => sentence.Index));
        }

        return best;
    }
}
