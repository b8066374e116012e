using System.Text;
using Recollect.Conversations;

namespace Recollect.Memorize.Embedding;

/// <summary>Cuts a conversation's text into chunks, on message borders where that is possible.</summary>
internal static class Chunker
{
    /// <summary>Cuts a conversation into chunks of one <c>name: text</c> line a message.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="maxCharacters">The longest chunk, in UTF-16 characters; at least 2.</param>
    /// <returns>At least one chunk; together they hold every message, and a surrogate pair is never cut.</returns>
    public static List<TextChunk> Cut(Conversation conversation, int maxCharacters)
    {
        var chunks = new List<TextChunk>();
        var text = new StringBuilder();
        var first = 0;
        for (var i = 0; i < conversation.Messages.Count; i++)
        {
            var line = Line(conversation.Messages[i]);
            if (text.Length > 0 && text.Length + 1 + line.Length > maxCharacters)
            {
                chunks.Add(new(text.ToString(), first, i - 1));
                text.Clear();
            }

            if (text.Length == 0)
            {
                first = i;
            }

            if (line.Length > maxCharacters)
            {
                chunks.AddRange(CutLine(line, maxCharacters).Select(piece => new TextChunk(piece, i, i)));
            }
            else
            {
                text.Append(text.Length == 0 ? string.Empty : "\n").Append(line);
            }
        }

        if (text.Length > 0)
        {
            chunks.Add(new(text.ToString(), first, conversation.Messages.Count - 1));
        }

        return chunks;
    }

    private static string Line(Message message) => $"{message.Author ?? message.Role}: {message.Text}";

    private static IEnumerable<string> CutLine(string line, int maxCharacters)
    {
        for (var start = 0; start < line.Length;)
        {
            var end = Math.Min(start + maxCharacters, line.Length);
            if (end < line.Length && char.IsHighSurrogate(line[end - 1]))
            {
                end--;
            }

            var piece = line[start..end];
            start = end;
            if (!string.IsNullOrWhiteSpace(piece))
            {
                yield return piece;
            }
        }
    }
}
