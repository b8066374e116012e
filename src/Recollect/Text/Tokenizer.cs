namespace Recollect.Text;

/// <summary>Reads the words of a text one after another, folded (lower case, no diacritics), without allocating.</summary>
/// <remarks>
/// <para>English clitics are cut off: <c>Dana's</c> gives <c>dana</c>, <c>don't</c> gives <c>do</c>. Other apostrophes and
/// hyphens separate. <c>1,000</c> gives <c>1000</c>. Hebrew acronyms keep together across their gershayim.</para>
/// <para>Scripts written without spaces give overlapping pairs of characters, and every Han character by itself as well, so
/// that a query of any length finds its text.</para>
/// <para>Any text is accepted, lone surrogates included. The buffer bounds the token: longer words are cut.</para>
/// </remarks>
internal ref struct Tokenizer
{
    /// <summary>A buffer of this many characters holds any word worth indexing.</summary>
    internal const int BufferLength = 64;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _position;
    private int _tokenLength;
    private bool _pairPending;
    private bool _inRun;

    /// <summary>Starts before the first word.</summary>
    /// <param name="text">The text; it is read in place.</param>
    /// <param name="buffer">Receives each folded token; at least 4 characters, normally <see cref="BufferLength"/>.</param>
    internal Tokenizer(ReadOnlySpan<char> text, Span<char> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, 4, nameof(buffer));
        _text = text;
        _buffer = buffer;
    }

    /// <summary>Gets the folded token, in the buffer: the caller may change it in place until the next read.</summary>
    internal readonly Span<char> Token => _buffer[.._tokenLength];

    /// <summary>Gets where the token starts in the text, in UTF-16 units.</summary>
    internal int Start { get; private set; }

    /// <summary>Gets how much of the text the token covers, in UTF-16 units; clitics are not covered.</summary>
    internal int Length { get; private set; }

    /// <summary>Gets what the token is made of.</summary>
    internal TokenKind Kind { get; private set; }

    /// <summary>Moves to the next token.</summary>
    /// <returns><see langword="false"/> when the text is exhausted.</returns>
    internal bool Read()
    {
        while (_position < _text.Length)
        {
            switch (CharacterClasses.Of(_text, _position))
            {
                case CharacterClass.Letter or CharacterClass.Digit:
                    _inRun = false;
                    ReadWord();
                    return true;
                case CharacterClass.Unspaced or CharacterClass.Ideograph when ReadUnspaced():
                    return true;
                case CharacterClass.Unspaced or CharacterClass.Ideograph:
                    break;
                default:
                    _inRun = false;
                    _position++;
                    break;
            }
        }

        return false;
    }

    private void ReadWord()
    {
        Start = _position;
        _tokenLength = 0;
        Kind = TokenKind.Number;
        var end = _position;
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (char.IsAsciiLetter(c)) // as most are
            {
                Kind = TokenKind.Word;
                Put((char)(c | 0x20));
                end = ++_position;
                continue;
            }

            var type = CharacterClasses.Of(_text, _position);
            if (type is CharacterClass.Letter or CharacterClass.Digit)
            {
                Kind = type is CharacterClass.Letter ? TokenKind.Word : Kind;
                Append(c);
                end = ++_position;
            }
            else if (type is CharacterClass.Mark)
            {
                end = ++_position;
            }
            else if (type is CharacterClass.Joiner && SkipJoiner(c))
            {
                continue;
            }
            else
            {
                break;
            }
        }

        Length = end - Start;
        SkipClitic();
    }

    // Steps over a character that may stand inside one token: 1,000 and the quotes of Hebrew acronyms.
    private bool SkipJoiner(char c)
    {
        var rest = _text[(_position + 1)..];
        var before = _text[_position - 1];
        var joins = c == ','
            ? Kind is TokenKind.Number && IsThousands(rest)
            : rest.Length > 0 && IsHebrew(before) && IsHebrew(rest[0]);
        _position += joins ? 1 : 0;
        return joins;
    }

    private void SkipClitic()
    {
        if (Kind is not TokenKind.Word || _position >= _text.Length || !IsApostrophe(_text[_position]))
        {
            return;
        }

        var rest = _text[(_position + 1)..];
        var n = 0;
        while (n < rest.Length && n < 3 && char.IsAsciiLetter(rest[n]))
        {
            n++;
        }

        var clitic = n switch
        {
            1 => (rest[0] | 0x20) is 's' or 't' or 'm' or 'd',
            2 => ((char)(rest[0] | 0x20), (char)(rest[1] | 0x20)) is ('r', 'e') or ('v', 'e') or ('l', 'l'),
            _ => false,
        };
        if (clitic && (n == rest.Length || CharacterClasses.Of(rest, n) is not (CharacterClass.Letter or CharacterClass.Digit)))
        {
            // n't goes whole: "won't" must not read as "won".
            var negation = n == 1 && (rest[0] | 0x20) == 't' && _tokenLength > 1 && _buffer[_tokenLength - 1] == 'n';
            _tokenLength -= negation ? 1 : 0;
            Length -= negation ? 1 : 0;
            _position += n + 1;
        }
    }

    // Gives a pair, or a single character, of a run without spaces; false when the position was only the tail of a pair.
    private bool ReadUnspaced()
    {
        var width = WidthAt(_position);
        var next = _position + width;
        var hasPair = next < _text.Length
            && CharacterClasses.Of(_text, next) is CharacterClass.Unspaced or CharacterClass.Ideograph;
        var single = !_pairPending
            && (CharacterClasses.Of(_text, _position) is CharacterClass.Ideograph || !(hasPair || _inRun));
        if (single)
        {
            Take(width);
            _pairPending = hasPair;
            _position = hasPair ? _position : next;
            _inRun = true;
            return true;
        }

        if (hasPair)
        {
            Take(width + WidthAt(next));
        }

        _pairPending = false;
        _position = next;
        _inRun = true;
        return hasPair;
    }

    private void Take(int width)
    {
        Start = _position;
        Length = width;
        Kind = TokenKind.Ideograph;
        _text.Slice(_position, width).CopyTo(_buffer);
        _tokenLength = width;
    }

    private readonly int WidthAt(int position) => char.IsHighSurrogate(_text[position]) ? 2 : 1;

    private void Append(char c)
    {
        var second = '\0';
        Put(char.IsAsciiLetterLower(c) ? c : LetterFolding.Fold(c, out second));
        if (second != '\0')
        {
            Put(second);
        }
    }

    private void Put(char folded)
    {
        if (_tokenLength < _buffer.Length)
        {
            _buffer[_tokenLength++] = folded;
        }
    }

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC' or '\uFF07';

    private static bool IsHebrew(char c) => c is >= '\u05D0' and <= '\u05EA';

    private static bool IsThousands(ReadOnlySpan<char> rest) => rest.Length >= 3
        && char.IsAsciiDigit(rest[0]) && char.IsAsciiDigit(rest[1]) && char.IsAsciiDigit(rest[2])
        && (rest.Length == 3 || !char.IsAsciiDigit(rest[3]));
}
