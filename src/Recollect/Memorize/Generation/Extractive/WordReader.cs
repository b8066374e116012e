using System.Buffers;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Reads the words of a sentence.</summary>
internal static class WordReader
{
    private static readonly SearchValues<char> Openers = SearchValues.Create("\"“„«:.(");

    /// <summary>Adds the words of a sentence to a transcript.</summary>
    /// <param name="transcript">Receives the words.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="start">Where the sentence starts in its message.</param>
    public static void Read(Transcript transcript, ReadOnlySpan<char> text, int start)
    {
        var hasLinks = text.Contains("://", StringComparison.Ordinal) || text.Contains('@') || text.Contains("www.", StringComparison.OrdinalIgnoreCase);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(text, buffer);
        var end = 0;
        var opens = true;
        while (tokens.Read())
        {
            if (tokens.Token.Length == 0)
            {
                continue;
            }

            var entry = transcript.Vocabulary.Get(tokens.Token, tokens.Kind);
            var between = text[Math.Min(end, tokens.Start)..tokens.Start];
            var traits = entry.Traits | CaseOf(text.Slice(tokens.Start, tokens.Length));
            traits |= opens || between.ContainsAny(Openers) ? WordTraits.Opens : WordTraits.None;
            traits |= !opens && between is " " or "-" or "" ? WordTraits.Follows : WordTraits.None;
            traits |= hasLinks && IsLink(text, tokens.Start) ? WordTraits.Link : WordTraits.None;
            transcript.Words.Add(new Word(entry, start + tokens.Start, tokens.Length, traits));
            end = tokens.Start + tokens.Length;
            opens = false;
        }
    }

    private static WordTraits CaseOf(ReadOnlySpan<char> word)
    {
        if (!char.IsUpper(word[0]))
        {
            return WordTraits.None;
        }

        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return WordTraits.Capital;
            }
        }

        return word.Length > 1 ? WordTraits.Capital | WordTraits.Shouted : WordTraits.Capital;
    }

    private static bool IsLink(ReadOnlySpan<char> text, int at)
    {
        var from = at;
        while (from > 0 && at - from < 200 && !char.IsWhiteSpace(text[from - 1]))
        {
            from--;
        }

        var to = at;
        while (to < text.Length && to - at < 200 && !char.IsWhiteSpace(text[to]))
        {
            to++;
        }

        var chunk = text[from..to];
        return chunk.Contains("://", StringComparison.Ordinal) || chunk.Contains('@') || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }
}
