namespace Recollect.Recall;

/// <summary>Takes the scores of one answer apart, for those that are shown.</summary>
/// <param name="words">What words say.</param>
/// <param name="fusion">What words and vectors say together.</param>
internal sealed class ScoreParts(WordEvidence words, Fusion fusion)
{
    private readonly float _highest = ConversationRanker.Highest(words.Scores);

    /// <summary>Gets the parts of a conversation's score.</summary>
    /// <param name="conversation">A conversation whose score is above 0.</param>
    public RecallParts Of(string conversation)
    {
        var share = words.Conversations.GetValueOrDefault(conversation);
        double? period = null, recency = null, spoken = null;
        if (share is { Best.Length: > 0 })
        {
            period = words.FromPeriod is null ? null : OfBest(share, words.FromPeriod);
            recency = OfBest(share, words.FromRecency);
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
