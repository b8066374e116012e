using Recollect.Memorize.Generation.Extractive.Cues;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Numbers the words of one conversation, so that each form is stemmed and looked up once.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, VocabularyEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VocabularyEntry>.AlternateLookup<ReadOnlySpan<char>> _entryOf;
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _termOf;

    /// <summary>Initializes a new instance of the <see cref="Vocabulary"/> class, without words.</summary>
    public Vocabulary()
    {
        _entryOf = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        _termOf = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Gets how many different stems there are.</summary>
    public int TermCount => _terms.Count;

    /// <summary>Gets the entry of a word form, a new one when it is met for the first time.</summary>
    /// <param name="folded">The form as the tokenizer gives it.</param>
    /// <param name="kind">What the token is made of.</param>
    public VocabularyEntry Get(ReadOnlySpan<char> folded, TokenKind kind)
    {
        if (_entryOf.TryGetValue(folded, out var known))
        {
            return known;
        }

        Span<char> stem = stackalloc char[Tokenizer.BufferLength];
        folded.CopyTo(stem);
        var length = folded.Length;
        if (kind is TokenKind.Word)
        {
            length = IrregularForms.Apply(stem, length);
            length = EnglishStemmer.Stem(stem[..length]);
        }

        var entry = new VocabularyEntry(folded.ToString(), TermOf(stem[..length]), TraitsOf(folded, stem[..length], kind), CueLexicon.Of(folded));
        _entries.Add(entry.Folded, entry);
        return entry;
    }

    private int TermOf(ReadOnlySpan<char> stem)
    {
        if (!_termOf.TryGetValue(stem, out var term))
        {
            term = _terms.Count;
            _termOf[stem] = term;
        }

        return term;
    }

    private static WordTraits TraitsOf(ReadOnlySpan<char> folded, ReadOnlySpan<char> stem, TokenKind kind)
    {
        var traits = StopWords.Contains(folded) ? WordTraits.Stop : WordTraits.None;
        traits |= CommonWords.Contains(stem) ? WordTraits.Common : WordTraits.None;
        traits |= char.IsAsciiDigit(folded[0]) ? WordTraits.Number : WordTraits.None;
        return traits | (kind is TokenKind.Ideograph ? WordTraits.Unspaced : WordTraits.None);
    }
}
