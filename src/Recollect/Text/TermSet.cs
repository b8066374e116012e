namespace Recollect.Text;

/// <summary>Words of a list, as <see cref="TermReader"/> reads them.</summary>
internal sealed class TermSet
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _terms;

    /// <summary>Initializes a new instance of the <see cref="TermSet"/> class.</summary>
    /// <param name="words">The words; anything that is not a word stands between them.</param>
    public TermSet(string words)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(words, buffer);
        while (reader.Read())
        {
            terms.Add(reader.Term.ToString());
        }

        _terms = terms.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Says whether a term is one of them.</summary>
    /// <param name="term">A term, as <see cref="TermReader"/> gives it.</param>
    public bool Contains(ReadOnlySpan<char> term) => _terms.Contains(term);
}
