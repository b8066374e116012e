using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Scores conversations for what their words say.</summary>
internal static class ConversationRanker
{
    private const float Saturation = 1.2f;
    private const float LengthNormalisation = 0.3f;
    private const float WholeWeight = 0.7f;
    private const float MemoryWeight = 0.1f;
    private const int BestMessages = 3;

    /// <summary>Scores conversations by their best message, the mean of their three best, BM25 over all of their messages that were found, and what was written of them.</summary>
    /// <param name="messages">The candidates.</param>
    /// <param name="features">What was read of them.</param>
    /// <param name="scores">Their scores, none negative.</param>
    /// <param name="termWeights">What each term of the question counts.</param>
    /// <param name="memories">What a search of titles, summaries, topics and facts found; may be empty.</param>
    /// <returns>What makes the score of every conversation of any.</returns>
    internal static Dictionary<string, WordShares> Score(
        IReadOnlyList<MessageCandidate> messages, MessageFeatures[] features, float[] scores, float[] termWeights, IReadOnlyList<LexicalMatch> memories)
    {
        var groups = Enumerable.Range(0, scores.Length).GroupBy(i => messages[i].MemoryId, StringComparer.Ordinal).Select(group => (Id: group.Key, Members: group.ToArray())).ToArray();
        var best = Highest(scores);
        var whole = Whole([.. groups.Select(group => group.Members)], features, termWeights);
        var highest = Highest(whole);
        var conversations = new Dictionary<string, WordShares>(StringComparer.Ordinal);
        for (var c = 0; c < groups.Length; c++)
        {
            int[] top = [.. groups[c].Members.OrderByDescending(i => scores[i]).Take(BestMessages)];
            conversations[groups[c].Id] = new(top, OfBest(top, scores, best), WholeWeight * whole[c] / highest, 0);
        }

        foreach (var match in memories)
        {
            var share = MemoryWeight * (float)(match.Score / memories[0].Score);
            conversations[match.MemoryId] = conversations.TryGetValue(match.MemoryId, out var words) ? words with { Written = words.Written + share } : new([], 0, 0, share);
        }

        return conversations;
    }

    /// <summary>Gets what a part of the messages' scores comes to in <see cref="WordShares.Messages"/>; for the scores themselves, all of it.</summary>
    /// <param name="best">The best messages of the conversation.</param>
    /// <param name="part">The part of each message's score, in the order of the messages.</param>
    /// <param name="highest">What <see cref="Highest"/> gives for the scores.</param>
    internal static float OfBest(int[] best, float[] part, float highest)
    {
        float[] top = [.. best.Select(i => part[i] / highest)];
        return top.Length > 0 ? top[0] + (top.Sum() / BestMessages) : 0;
    }

    /// <summary>Gets the highest score, above 0, so that scores can be divided by it.</summary>
    internal static float Highest(float[] scores) => scores.Length > 0 ? Math.Max(scores.Max(), float.Epsilon) : 1;

    // Words that are spread over a conversation speak for it, though no message has many of them.
    private static float[] Whole(int[][] conversations, MessageFeatures[] features, float[] termWeights)
    {
        int[] lengths = [.. conversations.Select(members => members.Sum(i => features[i].Length))];
        var mean = lengths.Length > 0 ? Math.Max(1, (float)lengths.Average()) : 1;
        var scores = new float[conversations.Length];
        for (var term = 0; term < termWeights.Length; term++)
        {
            var having = conversations.Count(members => Array.Exists(members, i => features[i].Has(term)));
            var weight = termWeights[term] * MathF.Log(1 + ((conversations.Length - having + 0.5f) / (having + 0.5f)));
            for (var c = 0; c < scores.Length; c++)
            {
                var frequency = conversations[c].Sum(i => features[i].Frequency(term));
                var penalty = Saturation * (1 - LengthNormalisation + (LengthNormalisation * lengths[c] / mean));
                scores[c] += weight * frequency * (1 + Saturation) / (frequency + penalty);
            }
        }

        return scores;
    }
}
