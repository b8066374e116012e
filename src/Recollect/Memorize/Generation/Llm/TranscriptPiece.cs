using System.Globalization;
using System.Text;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>A message as the model sees it, or a part of a long one: one line that no text can end or begin.</summary>
internal sealed class TranscriptPiece
{
    private const int ShortestHalf = 64;

    private readonly Message _message;
    private readonly string _text;

    /// <summary>Initializes a new instance of the <see cref="TranscriptPiece"/> class.</summary>
    /// <param name="position">The position of the message in its conversation, from 0.</param>
    /// <param name="message">The message.</param>
    public TranscriptPiece(int position, Message message)
        : this(position, message, message.Text)
    {
    }

    private TranscriptPiece(int position, Message message, string text)
    {
        (Position, _message, _text) = (position, message, text);
        var line = new StringBuilder(ShortIds.Of(position)).Append(' ');
        Append(line, message.Role, isQuoted: !message.Role.All(char.IsAsciiLetterOrDigit));
        if (message.Author is { } author)
        {
            Append(line.Append(' '), author, isQuoted: true);
        }

        Append(line.Append(": "), text, isQuoted: true);
        Line = line.ToString();
        Tokens = TokenEstimate.Of(Line) + 1; // the line's end
    }

    /// <summary>Gets the position of the message in its conversation, from 0.</summary>
    public int Position { get; }

    /// <summary>Gets the line.</summary>
    public string Line { get; }

    /// <summary>Gets its tokens, as estimated.</summary>
    public long Tokens { get; }

    /// <summary>Gets the day on which the message was sent, such as <c>2026-01-05</c>.</summary>
    public string Day => _message.SentAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Cuts the text in two; null where it is too short for that.</summary>
    public (TranscriptPiece First, TranscriptPiece Second)? Halves()
    {
        if (_text.Length < 2 * ShortestHalf)
        {
            return null;
        }

        var middle = _text.Length / 2;
        middle -= char.IsHighSurrogate(_text[middle - 1]) ? 1 : 0;
        return (new(Position, _message, _text[..middle]), new(Position, _message, _text[middle..]));
    }

    /// <summary>Writes a text as in JSON, and every sign that could be taken for the end of a line as its number; letters of all scripts stay.</summary>
    private static void Append(StringBuilder line, string text, bool isQuoted)
    {
        if (!isQuoted)
        {
            line.Append(text);
            return;
        }

        line.Append('"');
        foreach (var character in text)
        {
            switch (character)
            {
                case '"' or '\\':
                    line.Append('\\').Append(character);
                    break;
                case '\n':
                    line.Append("\\n");
                    break;
                case '\r':
                    line.Append("\\r");
                    break;
                case '\t':
                    line.Append("\\t");
                    break;
                case < ' ' or (>= '\u007F' and <= '\u009F') or '\u2028' or '\u2029':
                    line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                default:
                    line.Append(character);
                    break;
            }
        }

        line.Append('"');
    }
}
