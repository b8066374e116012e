using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Recollect.Conversations;

namespace Recollect.Sessions;

/// <summary>Counts exactly, with the vocabulary of the model. The vocabulary is loaded when the first text is counted, once in a process.</summary>
/// <remarks>
/// A text falls into pieces that no token crosses, and the work on a piece grows with the square of its length. Pieces of
/// ordinary text are counted exactly; of what is left when <see cref="MostWork"/> is done, and of letters beyond the basic
/// plane, the bytes are counted instead, and no token holds less than one: too many, never too few.
/// </remarks>
internal sealed partial class TiktokenCounter : ITokenCounter
{
    private const int LongPiece = 2_000;
    private const long MostWork = 20_000_000; // a fifth of a second
    private const int LongestMatch = 60_000; // in milliseconds; the patterns do not go back, so only a stopped machine reaches it
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Lazy<Tokenizer> O200K = new(static () => TiktokenTokenizer.CreateForEncoding(TokenEncoding.O200K));
    private static readonly Lazy<Tokenizer> Cl100K = new(static () => TiktokenTokenizer.CreateForEncoding(TokenEncoding.Cl100K));

    private readonly Lazy<Tokenizer> _tokenizer;
    private readonly Regex _pieces;

    /// <summary>Initializes a new instance of the <see cref="TiktokenCounter"/> class.</summary>
    /// <param name="encoding">One of <see cref="TokenEncoding"/>.</param>
    public TiktokenCounter(string encoding)
    {
        (_tokenizer, _pieces) = encoding switch
        {
            TokenEncoding.O200K => (O200K, O200KPieces()),
            TokenEncoding.Cl100K => (Cl100K, Cl100KPieces()),
            _ => throw new ConfigurationException($"Sessions:Encoding is \"{encoding}\"; known: {TokenEncoding.Cl100K}, {TokenEncoding.O200K}."),
        };
    }

    /// <inheritdoc/>
    public int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return 0;
        }

        var wellFormed = WellFormedText.Of(text).AsSpan();
        var tokens = 0L;
        var work = 0L;
        foreach (var match in _pieces.EnumerateMatches(wellFormed))
        {
            var piece = wellFormed.Slice(match.Index, match.Length);
            var cost = (long)piece.Length * piece.Length;
            if (piece.Length > LongPiece || work + cost > Math.Max(MostWork, 32L * (match.Index + piece.Length)) || HoldsLetterBeyondBasicPlane(piece))
            {
                tokens += Encoding.UTF8.GetByteCount(piece);
                continue;
            }

            work += cost;
            tokens += _tokenizer.Value.CountTokens(piece, considerPreTokenization: false, considerNormalization: false);
        }

        return (int)Math.Min(tokens, int.MaxValue);
    }

    /// <summary>The pieces are found by UTF-16 units, of which the two halves of such a letter are none.</summary>
    private static bool HoldsLetterBeyondBasicPlane(ReadOnlySpan<char> piece)
    {
        if (!piece.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return false;
        }

        foreach (var rune in piece.EnumerateRunes())
        {
            if (!rune.IsBmp && (Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+((?i)'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*((?i)'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        Options,
        LongestMatch)]
    private static partial Regex O200KPieces();

    [GeneratedRegex(@"((?i)'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", Options, LongestMatch)]
    private static partial Regex Cl100KPieces();
}
