using Recollect.Memorize.Stores;

namespace Recollect.Recall;

/// <summary>Orders of messages.</summary>
internal static class CandidateOrder
{
    /// <summary>Gets the indexes of the messages by conversation, then by position.</summary>
    /// <param name="messages">The messages.</param>
    internal static int[] ByPlace(IReadOnlyList<MessageCandidate> messages)
    {
        int[] order = [.. Enumerable.Range(0, messages.Count)];
        Array.Sort(order, (a, b) =>
        {
            var conversation = string.CompareOrdinal(messages[a].MemoryId, messages[b].MemoryId);
            return conversation != 0 ? conversation : messages[a].Position.CompareTo(messages[b].Position);
        });
        return order;
    }

    /// <summary>Gets the indexes of the messages, best first; of equals the later message comes first.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="scores">Their scores.</param>
    internal static int[] ByScore(IReadOnlyList<MessageCandidate> messages, float[] scores)
    {
        var byPlace = ByPlace(messages);
        int[] places = [.. Enumerable.Range(0, byPlace.Length)];
        Array.Sort(places, (a, b) =>
        {
            (var left, var right) = (byPlace[a], byPlace[b]);
            var score = scores[right].CompareTo(scores[left]);
            var order = score != 0 ? score : messages[right].Message.SentAt.CompareTo(messages[left].Message.SentAt);
            return order != 0 ? order : a.CompareTo(b);
        });
        return Array.ConvertAll(places, place => byPlace[place]);
    }
}
