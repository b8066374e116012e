namespace Recollect.Memorize.Embedding;

/// <summary>Estimates tokens where an embedder does not count them: four Latin characters a token, one of another script.</summary>
internal static class TokenEstimate
{
    /// <summary>Estimates the tokens of a text; at least 1.</summary>
    public static long Of(string text)
    {
        var others = 0L;
        foreach (var character in text)
        {
            others += character > '\u024F' ? 1 : 0;
        }

        return Math.Max(1, others + ((text.Length - others + 3) / 4));
    }
}
