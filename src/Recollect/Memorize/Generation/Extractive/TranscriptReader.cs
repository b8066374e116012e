using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Reads a conversation: leaves code out, splits sentences, reads words.</summary>
/// <remarks>Of one conversation 4,000,000 characters are read at most, shared among its messages, so that time and memory stay bounded.</remarks>
internal static class TranscriptReader
{
    private const int MostCharacters = 4_000_000;
    private const int MostPerMessage = 20_000;
    private const int LeastPerMessage = 400;
    private const int LongestSentence = 400;

    /// <summary>Reads a conversation.</summary>
    /// <param name="conversation">Any conversation.</param>
    /// <param name="cancellationToken">Stops reading between two messages.</param>
    public static Transcript Read(Conversation conversation, CancellationToken cancellationToken)
    {
        var transcript = new Transcript(conversation);
        var most = Math.Clamp(MostCharacters / conversation.Messages.Count, LeastPerMessage, MostPerMessage);
        for (var i = 0; i < conversation.Messages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = conversation.Messages[i].Text;
            if (text.Length <= most)
            {
                ReadPart(transcript, i, 0..text.Length);
                continue;
            }

            // What somebody wants often stands at the end of what was pasted.
            ReadPart(transcript, i, 0..Excerpt.Border(text, most * 3 / 4));
            ReadPart(transcript, i, Excerpt.Border(text, text.Length - (most / 4))..text.Length);
        }

        return transcript;
    }

    private static void ReadPart(Transcript transcript, int message, Range part)
    {
        var (from, length) = part.GetOffsetAndLength(transcript.Messages[message].Text.Length);
        var text = transcript.Messages[message].Text.AsSpan(from, length);
        var hasFences = text.Contains("```", StringComparison.Ordinal);
        var inFence = false;
        foreach (var range in Ranges(text))
        {
            var (start, size) = range.GetOffsetAndLength(length);
            var sentence = text.Slice(start, size);
            if (hasFences && sentence.Contains("```", StringComparison.Ordinal))
            {
                inFence ^= sentence.Count("```") % 2 == 1;
            }
            else if (!inFence)
            {
                ReadPieces(transcript, message, from + start, size);
            }
        }
    }

    // "am 26. März" is one sentence, though it has a dot before a capital.
    private static List<Range> Ranges(ReadOnlySpan<char> text)
    {
        var ranges = SentenceSplitter.Split(text);
        var kept = 0;
        for (var i = 1; i < ranges.Count; i++)
        {
            if (OrdinalDate.IsSplit(text[..ranges[kept].End.Value], text[ranges[i].Start.Value..ranges[i].End.Value], ranges[i].Start.Value))
            {
                ranges[kept] = ranges[kept].Start..ranges[i].End;
            }
            else
            {
                ranges[++kept] = ranges[i];
            }
        }

        ranges.RemoveRange(Math.Min(kept + 1, ranges.Count), Math.Max(0, ranges.Count - kept - 1));
        return ranges;
    }

    private static void ReadPieces(Transcript transcript, int message, int start, int length)
    {
        var text = transcript.Messages[message].Text.AsSpan();
        var marker = ListMarker.LengthAt(text.Slice(start, length));
        (start, length) = (start + marker, length - marker);
        while (length > LongestSentence)
        {
            var piece = Excerpt.Cut(text.Slice(start, length), LongestSentence);
            ReadSentence(transcript, message, start, piece);
            var rest = text.Slice(start + piece, length - piece);
            var next = piece + (rest.Length - rest.TrimStart().Length);
            (start, length) = (start + next, length - next);
        }

        ReadSentence(transcript, message, start, length);
    }

    private static void ReadSentence(Transcript transcript, int message, int start, int length)
    {
        var text = transcript.Messages[message].Text.AsSpan(start, length);
        var first = transcript.Words.Count;
        WordReader.Read(transcript, text, start);
        var count = transcript.Words.Count - first;
        if (count == 0)
        {
            return;
        }

        var words = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(transcript.Words).Slice(first, count);
        transcript.Sentences.Add(new Sentence
        {
            Index = transcript.Sentences.Count,
            Message = message,
            Start = start,
            Length = length,
            FirstWord = first,
            WordCount = count,
            Signals = SignalReader.Read(text, start, words),
        });
    }
}
