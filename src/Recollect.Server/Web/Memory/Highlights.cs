namespace Recollect.Server.Web.Memory;

/// <summary>Finds the words of a message that are cited.</summary>
internal static class Highlights
{
    /// <summary>Cuts a text into what is cited and what is not.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quotes">What is cited of it; null for the whole. A quote that is not in it marks nothing.</param>
    /// <returns>The parts in order, which together are the text.</returns>
    public static IReadOnlyList<(string Text, bool IsCited)> Of(string text, IEnumerable<string?> quotes)
    {
        var cited = new List<(int Start, int End)>();
        foreach (var quote in quotes)
        {
            var start = quote is null ? 0 : quote.Length == 0 ? -1 : text.IndexOf(quote, StringComparison.Ordinal);
            if (start >= 0)
            {
                cited.Add((start, start + (quote?.Length ?? text.Length)));
            }
        }

        var (parts, at) = (new List<(string, bool)>(), 0);
        foreach (var (start, end) in cited.OrderBy(static span => span.Start).ThenByDescending(static span => span.End))
        {
            Add(Math.Max(at, start), isCited: false);
            Add(Math.Max(at, end), isCited: true);
        }

        Add(text.Length, isCited: false);
        return parts;

        void Add(int end, bool isCited)
        {
            if (end > at)
            {
                parts.Add((text[at..end], isCited));
                at = end;
            }
        }
    }
}
