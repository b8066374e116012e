using System.Globalization;
using Recollect.Conversations;
using Recollect.Recall;

namespace Recollect.Cli.Output;

/// <summary>Shows people what was recalled, with the words that it rests on.</summary>
internal static class RecallPrinter
{
    private const int MaxQuote = 300;

    public static void Print(IReadOnlyList<RecalledMemory> found, TextWriter output)
    {
        for (var i = 0; i < found.Count; i++)
        {
            var memory = found[i].Memory;
            var similarity = found[i].Similarity is { } cosine ? string.Create(CultureInfo.InvariantCulture, $"  (similarity {cosine:0.00})") : string.Empty;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{i + 1}. {memory.StartedAt:d MMM yyyy HH:mm}  {Printable.Of(Place(memory))}{similarity}"));
            if (memory.Topics.Count > 0)
            {
                output.WriteLine($"   about: {Printable.Of(string.Join(", ", memory.Topics))}");
            }

            foreach (var message in found[i].Citations)
            {
                PrintQuote(message, output);
            }

            output.WriteLine($"   memory {memory.Id}");
        }
    }

    public static void Print(IReadOnlyList<RecalledMessage> found, TextWriter output)
    {
        for (var i = 0; i < found.Count; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. conversation {found[i].ConversationId}"));
            PrintQuote(found[i].Message, output);
        }
    }

    private static string Place(Memory memory)
    {
        var name = memory.Title ?? memory.Thread.Thread;
        return memory.Thread.Workspace is { } workspace ? $"{workspace}/{name}" : name;
    }

    private static void PrintQuote(Message message, TextWriter output)
    {
        var text = string.Join(' ', message.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > MaxQuote)
        {
            var cut = char.IsHighSurrogate(text[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote;
            text = text[..cut] + "…";
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   [{Printable.Of(message.Id)}] {Printable.Of(message.Author ?? message.Role)}, {message.SentAt:d MMM HH:mm}: {Printable.Of(text)}"));
    }
}
