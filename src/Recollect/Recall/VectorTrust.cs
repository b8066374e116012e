namespace Recollect.Recall;

/// <summary>Says how far the similarities of one question can be believed.</summary>
/// <remarks>
/// Nobody tells how good a configured embedder is, so each answer is held against chance. Similarities of vectors that mean nothing scatter
/// around their mean with a known spread, and do not know what the words found; those of vectors that mean something stand out, or agree with
/// the words, or both.
/// </remarks>
internal static class VectorTrust
{
    private const float ChanceAgreement = 0.5f;

    /// <summary>Gets the trust: 0 where chance gives the like, 1 where it hardly would.</summary>
    /// <param name="similarities">The cosines of the conversations.</param>
    /// <param name="words">What their words say, none negative, in the same order.</param>
    /// <param name="dimensions">How many dimensions the vectors have.</param>
    internal static float Of(float[] similarities, float[] words, int dimensions)
    {
        if (similarities.Length == 0)
        {
            return 0;
        }

        if (words.Max() <= 0)
        {
            return 1; // there is nothing else to go by
        }

        var mean = similarities.Average();
        // Vectors that share a direction are all alike: what is left without it is measured.
        var spread = (1 - mean) / MathF.Sqrt(dimensions);
        var standsOut = spread > 0 ? (similarities.Max() - mean) / spread : 0;
        var byChance = MathF.Sqrt(2 * MathF.Log(similarities.Length));
        return Math.Clamp((2 * (standsOut - byChance)) + Agreement(similarities, words) - ChanceAgreement, 0, 1);
    }

    /// <summary>Gets how far each similarity lies above the mean, in thirds of standard deviations; 0 below the mean.</summary>
    /// <param name="similarities">The cosines.</param>
    internal static float[] Standings(float[] similarities)
    {
        var (mean, deviation) = Scatter(similarities);
        return Array.ConvertAll(similarities, similarity => deviation > 0 ? Math.Max(0, (similarity - mean) / (3 * deviation)) : 0);
    }

    // Has the mean 0 and the deviation 1 where the two know nothing of each other. What the words find best counts most.
    private static float Agreement(float[] similarities, float[] words)
    {
        var (mean, deviation) = Scatter(similarities);
        var squares = Array.ConvertAll(words, word => word * word);
        var (meanSquare, deviationOfSquares) = Scatter(squares);
        var product = 0f;
        for (var i = 0; i < similarities.Length; i++)
        {
            product += (squares[i] - meanSquare) * (similarities[i] - mean);
        }

        var scale = deviation * deviationOfSquares * MathF.Sqrt(similarities.Length);
        return scale > 0 ? product / scale : 0;
    }

    private static (float Mean, float Deviation) Scatter(float[] values)
    {
        var mean = values.Length > 0 ? values.Average() : 0;
        return (mean, values.Length > 0 ? MathF.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length) : 0);
    }
}
