namespace Recollect.Text;

/// <summary>Remembers what became of the words that a thread read last: most words of a text are the same few again and again.</summary>
/// <remarks>A word has one place, where the next that belongs there takes over, so it never grows and never allocates.</remarks>
internal sealed class TermCache
{
    private const int Places = 16_384; // a power of two
    private const int LongestWord = 24;

    [ThreadStatic]
    private static TermCache? _ofThread;

    private readonly char[] _words = new char[Places * LongestWord];
    private readonly char[] _terms = new char[Places * LongestWord];
    private readonly (byte Word, byte Term, bool IsStopWord)[] _lengths = new (byte, byte, bool)[Places];

    /// <summary>Gets the cache of the thread that asks; it may be used until the next await.</summary>
    public static TermCache OfThread => _ofThread ??= new();

    /// <summary>Makes the term of a word.</summary>
    /// <param name="buffer">Begins with the folded word, and then with its term.</param>
    /// <param name="length">The length of the word.</param>
    /// <returns>The length of the term, and whether the word is a stop word.</returns>
    public (int Length, bool IsStopWord) Apply(Span<char> buffer, int length)
    {
        var word = buffer[..length];
        if (length > LongestWord)
        {
            return Make(buffer, length);
        }

        var place = PlaceOf(word);
        ref var lengths = ref _lengths[place];
        if (lengths.Word == length && _words.AsSpan(place * LongestWord, length).SequenceEqual(word))
        {
            _terms.AsSpan(place * LongestWord, lengths.Term).CopyTo(buffer);
            return (lengths.Term, lengths.IsStopWord);
        }

        word.CopyTo(_words.AsSpan(place * LongestWord));
        var (made, isStopWord) = Make(buffer, length);
        if (made > LongestWord)
        {
            lengths = default;
            return (made, isStopWord);
        }

        buffer[..made].CopyTo(_terms.AsSpan(place * LongestWord));
        lengths = ((byte)length, (byte)made, isStopWord);
        return (made, isStopWord);
    }

    private static (int Length, bool IsStopWord) Make(Span<char> buffer, int length)
    {
        var isStopWord = StopWords.Contains(buffer[..length]);
        return (TermReader.ToTerm(buffer, length, TokenKind.Word), isStopWord);
    }

    private static int PlaceOf(ReadOnlySpan<char> word)
    {
        var hash = 2_166_136_261;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 16_777_619;
        }

        return (int)((hash ^ (hash >> 15)) & (Places - 1));
    }
}
