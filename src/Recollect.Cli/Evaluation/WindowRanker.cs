using Recollect.Memorize.Stores;

namespace Recollect.Cli.Evaluation;

/// <summary>Ranks overlapping windows of messages by the scores of the messages in them.</summary>
internal static class WindowRanker
{
    // How much a window loses when better windows have already shown all that speaks for it.
    private const float OverlapPenalty = 0.4f;

    /// <summary>Cuts the messages into windows.</summary>
    /// <param name="messages">The messages; windows never cross a conversation, and gaps in positions are not looked at.</param>
    /// <param name="size">How many messages a window has at most; above 0.</param>
    /// <param name="stride">How many messages lie between the starts of two windows; from 1 to the size.</param>
    internal static IReadOnlyList<MessageWindow> Cut(IReadOnlyList<MessageCandidate> messages, int size, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, stride);
        var windows = new List<MessageWindow>();
        foreach (var members in Enumerable.Range(0, messages.Count).OrderBy(i => messages[i].Position).GroupBy(i => messages[i].MemoryId, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            int[] indexes = [.. members];
            for (var start = 0; start == 0 || start + size - stride < indexes.Length; start += stride)
            {
                windows.Add(new MessageWindow(indexes.AsSpan(start, Math.Min(size, indexes.Length - start)).ToArray()));
            }
        }

        return windows;
    }

    /// <summary>Ranks the windows: by the best message and half of the next two, less where better windows already show the same.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="scores">The scores of the messages, none negative.</param>
    /// <param name="top">How many windows are wanted.</param>
    /// <returns>Positions in <paramref name="windows"/>, best first.</returns>
    internal static IReadOnlyList<int> Rank(IReadOnlyList<MessageWindow> windows, float[] scores, int top)
    {
        float[] values = [.. windows.Select(window => Value(window, scores))];
        var shown = new HashSet<int>();
        var ranked = new List<int>();
        HashSet<int> left = [.. Enumerable.Range(0, windows.Count)];
        while (ranked.Count < top && left.Count > 0)
        {
            var best = left.MaxBy(i => (values[i] * (1 - OverlapPenalty + (OverlapPenalty * NewShare(windows[i], scores, shown))), -i));
            left.Remove(best);
            ranked.Add(best);
            shown.UnionWith(windows[best].Messages);
        }

        return ranked;
    }

    private static float Value(MessageWindow window, float[] scores)
    {
        float[] top = [.. window.Messages.Select(i => scores[i]).OrderDescending().Take(3)];
        return top.Length > 0 ? top[0] + (top.Skip(1).Sum() / 2) : 0;
    }

    private static float NewShare(MessageWindow window, float[] scores, HashSet<int> shown)
    {
        var all = window.Messages.Sum(i => scores[i]);
        return all > 0 ? window.Messages.Where(i => !shown.Contains(i)).Sum(i => scores[i]) / all : 0;
    }
}
