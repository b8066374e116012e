using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Lets what was said later win among messages that speak about equally for themselves.</summary>
internal static class Recency
{
    private const float Boost = 0.02f;
    private const double HalfLifeDays = 30;

    /// <summary>Raises scores by up to 2 %: in full for the newest candidate, half as much for one that is 30 days older, and so on.</summary>
    /// <param name="messages">The candidates.</param>
    /// <param name="scores">Their scores; changed.</param>
    /// <returns>What was added to each.</returns>
    public static float[] Favour(IReadOnlyList<MessageCandidate> messages, float[] scores)
    {
        var added = new float[scores.Length];
        if (messages.Count == 0)
        {
            return added;
        }

        var newest = messages.Max(candidate => candidate.Message.SentAt);
        for (var i = 0; i < scores.Length; i++)
        {
            var age = (newest - messages[i].Message.SentAt).TotalDays;
            var before = scores[i];
            scores[i] *= 1 + (Boost * (float)Math.Pow(2, -age / HalfLifeDays));
            added[i] = scores[i] - before;
        }

        return added;
    }
}
