namespace Recollect.Server.Web.Layout;

/// <summary>Names a memory for people.</summary>
internal static class Headings
{
    private const int MostTopics = 4;

    /// <summary>Gets the title that the source gave; else what it is about; else the thread.</summary>
    public static string Of(string? title, IReadOnlyList<string> topics, string thread) =>
        !string.IsNullOrWhiteSpace(title) ? title : topics.Count > 0 ? string.Join(", ", topics.Take(MostTopics)) : thread;
}
