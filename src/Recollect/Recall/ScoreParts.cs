namespace Recollect.Recall;

/// <summary>Takes the scores of one answer apart, for those that are shown.</summary>
/// <param name="words">What words say of each conversation.</param>
/// <param name="fusion">What words and vectors say together.</param>
/// <param name="scores">The scores of the messages.</param>
/// <param name="fromPeriod">What of them comes from the time that the question names; null where it names none.</param>
/// <param name="fromRecency">What of them comes from being new.</param>
internal sealed class ScoreParts(Dictionary<string, WordShares> words, Fusion fusion, float[] scores, float[]? fromPeriod, float[] fromRecency)
{
    private readonly float _highest = ConversationRanker.Highest(scores);

    /// <summary>Gets the parts of a conversation's score.</summary>
    /// <param name="conversation">A conversation whose score is above 0.</param>
    public RecallParts Of(string conversation)
    {
        var share = words.GetValueOrDefault(conversation);
        double? period = null, recency = null, spoken = null;
        if (share is { Best.Length: > 0 })
        {
            period = fromPeriod is null ? null : OfBest(share, fromPeriod);
            recency = OfBest(share, fromRecency);
            spoken = Math.Max(0, fusion.OfWords(share.Messages + share.Whole) - (period ?? 0) - recency.Value);
        }

        return new()
        {
            Words = spoken,
            Written = share is { Written: > 0 } ? fusion.OfWords(share.Written) : null,
            Period = period,
            Recency = recency,
            Vector = fusion.OfVectors(conversation),
        };
    }

    private double OfBest(WordShares share, float[] part) => fusion.OfWords(ConversationRanker.OfBest(share.Best, part, _highest));
}
