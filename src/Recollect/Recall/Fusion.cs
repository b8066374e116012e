using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Brings the findings of the lexical and the vector search together.</summary>
internal static class Fusion
{
    private const float SimilarityWeight = 0.3f;
    private const float MemoryWeight = 0.1f;
    private const float ConversationWeight = 0.3f;
    private const int BestMessages = 3;

    /// <summary>Scores conversations by their best message, the mean of their three best, their vectors, and what was written of them.</summary>
    /// <param name="messages">The candidates.</param>
    /// <param name="scores">Their scores, none negative.</param>
    /// <param name="similarities">The cosine of each conversation's best chunk, for those the vector search found; may be empty.</param>
    /// <param name="memories">What a search of titles, summaries, topics and facts found; may be empty.</param>
    /// <returns>A score for every conversation of any, the best 1; all 0 if nothing matches at all.</returns>
    internal static Dictionary<string, float> ScoreConversations(
        IReadOnlyList<MessageCandidate> messages, float[] scores, IReadOnlyDictionary<string, float> similarities, IReadOnlyList<LexicalMatch> memories)
    {
        var best = scores.Length > 0 ? Math.Max(scores.Max(), float.Epsilon) : 1;
        var conversations = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var members in Enumerable.Range(0, scores.Length).GroupBy(i => messages[i].MemoryId, StringComparer.Ordinal))
        {
            float[] top = [.. members.Select(i => scores[i] / best).OrderDescending().Take(BestMessages)];
            conversations[members.Key] = top[0] + (top.Sum() / BestMessages);
        }

        var nearest = similarities.Count > 0 ? similarities.Values.Max() : 0;
        foreach ((var conversation, var similarity) in similarities)
        {
            var share = nearest > 0 ? SimilarityWeight * Math.Max(0, similarity) / nearest : 0;
            conversations[conversation] = conversations.GetValueOrDefault(conversation) + share;
        }

        foreach (var match in memories)
        {
            var share = MemoryWeight * (float)(match.Score / memories[0].Score);
            conversations[match.MemoryId] = conversations.GetValueOrDefault(match.MemoryId) + share;
        }

        var highest = conversations.Count > 0 ? conversations.Values.Max() : 0;
        return highest > 0
            ? conversations.ToDictionary(pair => pair.Key, pair => pair.Value / highest, StringComparer.Ordinal)
            : conversations;
    }

    /// <summary>Raises each message by the score of its conversation.</summary>
    /// <param name="messages">The candidates.</param>
    /// <param name="scores">Their scores, none negative.</param>
    /// <param name="conversations">What <see cref="ScoreConversations"/> gave.</param>
    /// <returns>The final scores, in the order of the messages.</returns>
    internal static float[] ScoreMessages(
        IReadOnlyList<MessageCandidate> messages, float[] scores, IReadOnlyDictionary<string, float> conversations)
    {
        var best = scores.Length > 0 ? Math.Max(scores.Max(), float.Epsilon) : 1;
        return [.. scores.Select((score, i) => (score / best) + (ConversationWeight * conversations.GetValueOrDefault(messages[i].MemoryId)))];
    }
}
