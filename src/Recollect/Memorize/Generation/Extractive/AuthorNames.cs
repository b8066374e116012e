using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Knows the names of those who speak, which are neither topics nor persons spoken of.</summary>
internal static class AuthorNames
{
    /// <summary>Gets the words of all authors' names, folded.</summary>
    /// <param name="messages">The messages.</param>
    public static HashSet<string> Of(IReadOnlyList<Message> messages)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        string? last = null;
        string? beforeLast = null;
        foreach (var message in messages)
        {
            if (message.Author is null || string.Equals(message.Author, last, StringComparison.Ordinal) || string.Equals(message.Author, beforeLast, StringComparison.Ordinal))
            {
                continue;
            }

            (beforeLast, last) = (last, message.Author);
            var tokens = new Tokenizer(message.Author, buffer);
            while (tokens.Read())
            {
                words.Add(tokens.Token.ToString());
            }
        }

        return words;
    }
}
