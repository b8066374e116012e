using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Names who speaks.</summary>
internal static class Speaker
{
    private const int Longest = 40;

    /// <summary>Gets the author's name on one line, the role with a capital where there is no name.</summary>
    /// <param name="message">The message.</param>
    public static string Of(Message message)
    {
        var name = string.IsNullOrWhiteSpace(message.Author) ? message.Role : message.Author;
        var line = OneLine.Of(name.AsSpan(0, Excerpt.Cut(name, Longest)));
        return line.Length == 0 ? "?" : message.Author is null ? string.Concat(line[..1].ToUpperInvariant(), line.AsSpan(1)) : line;
    }
}
