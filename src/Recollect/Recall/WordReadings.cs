using Recollect.Text;

namespace Recollect.Recall;

/// <summary>Reads words of messages for one question, each word once: most words of a chat come again and again.</summary>
/// <param name="query">The question.</param>
internal sealed class WordReadings(LexicalQuery query)
{
    private static readonly WordReading Plain = new(IsStopWord: false, MeansSpeaker: null, TellsTime: false, []);
    private static readonly WordReading Stop = Plain with { IsStopWord = true };

    private readonly Dictionary<string, WordReading>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, WordReading>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets what a word is to the question.</summary>
    /// <param name="word">The folded word.</param>
    /// <param name="kind">What it is made of, which its characters decide.</param>
    public WordReading Of(ReadOnlySpan<char> word, TokenKind kind)
    {
        if (!_known.TryGetValue(word, out var reading))
        {
            _known[word] = reading = Read(word, kind);
        }

        return reading;
    }

    private WordReading Read(ReadOnlySpan<char> word, TokenKind kind)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        word.CopyTo(buffer);
        var term = buffer[..TermReader.ToTerm(buffer, word.Length, kind)];
        var isStopWord = StopWords.Contains(word);
        var speaker = isStopWord ? PersonWords.MeanSpeaker(term) : null;
        var tellsTime = TimeWords.Contains(term);
        var matches = query.MatchesOf(term);
        return matches.Length == 0 && speaker is null && !tellsTime
            ? isStopWord ? Stop : Plain
            : new(isStopWord, speaker, tellsTime, matches.ToArray());
    }
}
