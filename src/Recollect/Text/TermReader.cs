namespace Recollect.Text;

/// <summary>Reads the terms of a text: its words, folded, irregular forms replaced, English endings taken off.</summary>
/// <remarks>The one place that decides how words are compared: what is indexed, asked and embedded goes through it.</remarks>
internal ref struct TermReader
{
    private readonly Span<char> _buffer;
    private readonly TermCache _terms = TermCache.OfThread;
    private Tokenizer _tokens;
    private int _length;

    /// <summary>Starts before the first term.</summary>
    /// <param name="text">The text; it is read in place.</param>
    /// <param name="buffer">Receives each term; <see cref="Tokenizer.BufferLength"/> characters.</param>
    internal TermReader(ReadOnlySpan<char> text, Span<char> buffer)
    {
        _buffer = buffer;
        _tokens = new Tokenizer(text, buffer);
    }

    /// <summary>Gets the term; valid until the next read.</summary>
    internal readonly ReadOnlySpan<char> Term => _buffer[.._length];

    /// <summary>Gets a value indicating whether the word is a function or question word in its written form.</summary>
    internal bool IsStopWord { get; private set; }

    /// <summary>Gets what the term is made of.</summary>
    internal readonly TokenKind Kind => _tokens.Kind;

    /// <summary>Gets where the word starts in the text, in UTF-16 units.</summary>
    internal readonly int Start => _tokens.Start;

    /// <summary>Gets how much of the text the word covers, in UTF-16 units.</summary>
    internal readonly int Length => _tokens.Length;

    /// <summary>Moves to the next term.</summary>
    /// <returns><see langword="false"/> when the text is exhausted.</returns>
    internal bool Read()
    {
        if (!_tokens.Read())
        {
            return false;
        }

        _length = _tokens.Token.Length;
        if (_tokens.Kind is TokenKind.Word)
        {
            (_length, IsStopWord) = _terms.Apply(_buffer, _length);
        }
        else
        {
            IsStopWord = StopWords.Contains(Term);
        }

        return true;
    }

    /// <summary>Writes the term of a word over the word.</summary>
    /// <param name="buffer">Holds the folded word at its start; <see cref="Tokenizer.BufferLength"/> characters.</param>
    /// <param name="length">The length of the word.</param>
    /// <param name="kind">What the word is made of.</param>
    /// <returns>The length of the term.</returns>
    internal static int ToTerm(Span<char> buffer, int length, TokenKind kind)
    {
        if (kind is not TokenKind.Word)
        {
            return length;
        }

        length = IrregularForms.Apply(buffer, length);
        return EnglishStemmer.Stem(buffer[..length]);
    }
}
