using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Lets what was said later win among messages that speak about equally for themselves.</summary>
internal static class Recency
{
    private const float Boost = 0.02f;
    private const double HalfLifeDays = 30;
    private const float NewestBoost = 0.4f;

    /// <summary>
    /// Raises scores by up to 2 %: in full for the newest candidate, half as much for one that is 30 days older, and so on. Where
    /// what is so now is asked for, by up to 40 %: in full for the newest, not at all for the oldest, and by their time between.
    /// </summary>
    /// <param name="query">The question.</param>
    /// <param name="messages">The candidates.</param>
    /// <param name="scores">Their scores; changed.</param>
    /// <returns>What was added to each.</returns>
    public static float[] Favour(LexicalQuery query, IReadOnlyList<MessageCandidate> messages, float[] scores)
    {
        var added = new float[scores.Length];
        if (messages.Count == 0)
        {
            return added;
        }

        var oldest = messages.Min(candidate => candidate.Message.SentAt);
        var newest = messages.Max(candidate => candidate.Message.SentAt);
        for (var i = 0; i < scores.Length; i++)
        {
            var age = newest - messages[i].Message.SentAt;
            var share = query.AsksForNewest
                ? NewestBoost * (newest > oldest ? 1 - (age / (newest - oldest)) : 1)
                : Boost * Math.Pow(2, -age.TotalDays / HalfLifeDays);
            added[i] = scores[i] * (float)share;
            scores[i] += added[i];
        }

        return added;
    }
}
