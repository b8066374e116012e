using System.Globalization;
using System.Text;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Prints the chosen sentences, a line for each turn of a speaker, with their citations.</summary>
internal static class SummaryPrinter
{
    /// <summary>Prints the chosen sentences; without any, the first text that is not blank, or when it was and how long.</summary>
    /// <param name="transcript">The conversation.</param>
    /// <param name="chosen">The chosen sentences, in order.</param>
    /// <param name="maxCharacters">The longest summary, in UTF-16 units.</param>
    public static (string Summary, IReadOnlyList<Citation> Citations) Print(Transcript transcript, List<Selection> chosen, int maxCharacters)
    {
        if (chosen.Count == 0)
        {
            return PrintFallback(transcript, maxCharacters);
        }

        var summary = new StringBuilder();
        var citations = new List<Citation>(chosen.Count);
        Sentence? last = null;
        foreach (var (sentence, kept) in chosen)
        {
            var message = transcript.MessageOf(sentence);
            summary.Append(Separator(last, sentence));
            if (sentence.Message != last?.Message)
            {
                summary.Append(Speaker.Of(message)).Append(": ");
            }

            var quote = message.Text.Substring(sentence.Start, kept);
            summary.Append(OneLine.Of(quote)).Append(kept < sentence.Length ? Excerpt.Ellipsis : string.Empty);
            citations.Add(new Citation { MessageId = message.Id, Quote = quote });
            last = sentence;
        }

        return (summary.ToString(), citations);
    }

    private static string Separator(Sentence? last, Sentence next) =>
        last is null ? string.Empty
        : last.Message != next.Message ? "\n"
        : last.Index + 1 == next.Index ? " "
        : Excerpt.Ellipsis + " ";

    private static (string Summary, IReadOnlyList<Citation> Citations) PrintFallback(Transcript transcript, int maxCharacters)
    {
        foreach (var message in transcript.Messages)
        {
            var speaker = Speaker.Of(message);
            var text = message.Text.AsSpan().Trim();
            var kept = Excerpt.Cut(text, maxCharacters - speaker.Length - Excerpt.Ellipsis.Length - 2);
            var line = OneLine.Of(text[..kept]);
            if (!string.IsNullOrWhiteSpace(line))
            {
                return ($"{speaker}: {line}{(kept < text.Length ? Excerpt.Ellipsis : string.Empty)}", [new Citation { MessageId = message.Id, Quote = text[..kept].ToString() }]);
            }
        }

        var first = transcript.Messages[0];
        return (string.Create(CultureInfo.InvariantCulture, $"{first.SentAt:yyyy-MM-dd}, {transcript.Messages.Count} messages"), [new Citation { MessageId = first.Id }]);
    }
}
