using System.Numerics.Tensors;
using Recollect.Text;

namespace Recollect.Memorize.Embedding.Local;

/// <summary>Writes the vector of a text.</summary>
/// <remarks>
/// Weights were chosen by measuring recall; the numbers stand in the decision "local embedder". Keeps its working memory between
/// texts, so one thread at a time.
/// </remarks>
internal sealed class LocalTextEncoder
{
    private const float CommonWordWeight = 0.5f;
    private const float ConceptWeight = 0.5f;
    private const float GramWeight = 0.3f;
    private const float SingleIdeographWeight = 0.3f;
    private const int GramLength = 4;
    private const ulong TermSeed = 1;
    private const ulong GramSeed = 2;
    private const ulong SymbolSeed = 3;
    private const ulong ConceptSeed = 0x5851F42D4C957F2D;

    private readonly TermCounts _terms = new();

    /// <summary>Writes the unit vector of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="vector">Receives the vector; what it held is overwritten.</param>
    /// <returns><see langword="false"/> if the text is empty or white space; the vector is then zero.</returns>
    internal bool TryEncode(ReadOnlySpan<char> text, Span<float> vector)
    {
        vector.Clear();
        if (text.IsWhiteSpace())
        {
            return false;
        }

        Count(text);
        for (var i = 0; i < _terms.Count; i++)
        {
            var term = _terms.Get(i, out var hash, out var weight);
            AddTerm(vector, term, hash, weight);
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (length < 1e-6f)
        {
            // Every feature met its negative: rare beyond seeing, but a zero vector is never an answer.
            FeatureHash.Add(vector, FeatureHash.Of(text, SymbolSeed), 1);
            length = TensorPrimitives.Norm<float>(vector);
        }

        if (length < 1e-6f)
        {
            vector[0] = length = 1;
        }

        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }

    // Content words; in a text without any the function words, and in a text without words its symbols.
    private void Count(ReadOnlySpan<char> text)
    {
        _terms.Clear();
        CountWords(text, stopWords: false);
        if (_terms.Count == 0)
        {
            CountWords(text, stopWords: true);
        }

        if (_terms.Count == 0)
        {
            CountSymbols(text);
        }
    }

    private void CountWords(ReadOnlySpan<char> text, bool stopWords)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(text, buffer);
        while (reader.Read())
        {
            if (reader.IsStopWord == stopWords)
            {
                var term = reader.Term;
                var weight = reader.Kind is TokenKind.Ideograph && term.Length == 1 ? SingleIdeographWeight : 1;
                _terms.Add(term, FeatureHash.Of(term, TermSeed), weight);
            }
        }
    }

    private void CountSymbols(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var width = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            var symbol = text.Slice(i, width);
            if (!symbol.IsWhiteSpace())
            {
                _terms.Add(symbol, FeatureHash.Of(symbol, SymbolSeed), 1);
            }

            i += width - 1;
        }
    }

    private static void AddTerm(Span<float> vector, ReadOnlySpan<char> term, ulong hash, float weight)
    {
        weight *= CommonWords.Contains(term) ? CommonWordWeight : 1;
        FeatureHash.Add(vector, hash, weight);

        var groups = ConceptLexicon.GroupsOf(term);
        if (groups.Length > 0)
        {
            var share = weight * ConceptWeight / MathF.Sqrt(groups.Length);
            foreach (var group in groups)
            {
                FeatureHash.Add(vector, FeatureHash.Mix(ConceptSeed + (ulong)group), share);
            }
        }

        if (term.Length >= GramLength)
        {
            AddGrams(vector, term, weight * GramWeight);
        }
    }

    // The 4-grams of the term with a mark on both ends share one weight: forms and misspellings of a word stay close.
    private static void AddGrams(Span<float> vector, ReadOnlySpan<char> term, float weight)
    {
        Span<char> marked = stackalloc char[Tokenizer.BufferLength + 2];
        marked[0] = '<';
        term.CopyTo(marked[1..]);
        marked[term.Length + 1] = '>';
        var grams = term.Length + 3 - GramLength;
        var share = weight / MathF.Sqrt(grams);
        for (var i = 0; i < grams; i++)
        {
            FeatureHash.Add(vector, FeatureHash.Of(marked.Slice(i, GramLength), GramSeed), share);
        }
    }
}
