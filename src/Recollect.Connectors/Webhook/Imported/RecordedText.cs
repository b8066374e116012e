namespace Recollect.Connectors.Webhook.Imported;

/// <summary>Finds parts such as <c>User: …</c> in a text that was sent, where blank lines stand between the parts.</summary>
internal static class RecordedText
{
    /// <summary>What stands between two parts.</summary>
    public const string Between = "\n\n";

    private const string Question = "User: ";

    /// <summary>Counts the questions in a text, at least 1.</summary>
    public static int Chats(string text)
    {
        var count = text.StartsWith(Question, StringComparison.Ordinal) ? 1 : 0;
        for (var at = 0; (at = text.IndexOf(Between + Question, at, StringComparison.Ordinal)) >= 0; at += Between.Length)
        {
            count++;
        }

        return Math.Max(count, 1);
    }

    /// <summary>Gets a value indicating whether every part stands in the text, each in a place of its own.</summary>
    /// <param name="text">The text, trimmed.</param>
    /// <param name="parts">The parts, in order; mostly they come in the same order in the text.</param>
    public static bool HoldsAll(string text, IReadOnlyList<string> parts)
    {
        var taken = new HashSet<int>();
        var from = 0;
        foreach (var part in parts)
        {
            var at = Find(text, part, from, taken);
            at = at < 0 && from > 0 ? Find(text, part, 0, taken) : at;
            if (at < 0)
            {
                return false;
            }

            taken.Add(at);
            from = at + part.Length;
        }

        return true;
    }

    /// <summary>Gets a value indicating whether any part stands in the text.</summary>
    public static bool HoldsAny(string text, IReadOnlyList<string> parts) => parts.Any(part => Find(text, part, 0, taken: null) >= 0);

    private static int Find(string text, string part, int from, HashSet<int>? taken)
    {
        for (var at = from; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (IsWhole(text, at, part.Length) && taken?.Contains(at) is not true)
            {
                return at;
            }
        }

        return -1;
    }

    private static bool IsWhole(string text, int at, int length) =>
        (at == 0 || text.AsSpan(0, at).EndsWith(Between, StringComparison.Ordinal))
        && (at + length == text.Length || text.AsSpan(at + length).StartsWith(Between, StringComparison.Ordinal));
}
