namespace Recollect.Memorize.Generation.Llm;

/// <summary>Cuts a transcript into parts that a request can hold, on message borders where that is possible.</summary>
internal static class TranscriptCutter
{
    private const int TokensOfADay = 8;

    /// <summary>Cuts a transcript.</summary>
    /// <param name="pieces">The messages.</param>
    /// <param name="tokens">The most tokens of a part, as estimated.</param>
    /// <returns>At least one part; together they hold all text.</returns>
    public static List<TranscriptPiece[]> Cut(IEnumerable<TranscriptPiece> pieces, long tokens)
    {
        var parts = new List<TranscriptPiece[]>();
        var part = new List<TranscriptPiece>();
        var load = 0L;
        foreach (var piece in pieces.SelectMany(piece => Fitting(piece, tokens)))
        {
            var more = piece.Tokens + (part.Count == 0 || !string.Equals(part[^1].Day, piece.Day, StringComparison.Ordinal) ? TokensOfADay : 0);
            if (part.Count > 0 && load + more > tokens)
            {
                parts.Add([.. part]);
                part.Clear();
                (load, more) = (0, piece.Tokens + TokensOfADay);
            }

            part.Add(piece);
            load += more;
        }

        parts.Add([.. part]);
        return parts;
    }

    /// <summary>Cuts a part in two of about the same length; null where it cannot be cut.</summary>
    public static (TranscriptPiece[] First, TranscriptPiece[] Second)? Halves(IReadOnlyList<TranscriptPiece> part)
    {
        if (part.Count == 1)
        {
            return part[0].Halves() is { } halves ? ([halves.First], [halves.Second]) : null;
        }

        var all = part.Sum(piece => piece.Tokens);
        var (count, first) = (0, 0L);
        while (count < part.Count - 1 && (count == 0 || first + (part[count].Tokens / 2) < all / 2))
        {
            first += part[count++].Tokens;
        }

        return ([.. part.Take(count)], [.. part.Skip(count)]);
    }

    private static IEnumerable<TranscriptPiece> Fitting(TranscriptPiece piece, long tokens) =>
        piece.Tokens + TokensOfADay > tokens && piece.Halves() is var (first, second)
            ? Fitting(first, tokens).Concat(Fitting(second, tokens))
            : [piece];
}
