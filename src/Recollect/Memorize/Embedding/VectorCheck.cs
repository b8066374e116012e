using System.Numerics.Tensors;

namespace Recollect.Memorize.Embedding;

/// <summary>Lets no vector through that a search could not use.</summary>
internal static class VectorCheck
{
    /// <summary>Returns the vector at unit length.</summary>
    /// <param name="vector">What an embedder gave.</param>
    /// <param name="dimensions">What it must have; null for any.</param>
    /// <exception cref="EmbeddingException">It has other dimensions, a value that is no number, or no length.</exception>
    public static ReadOnlyMemory<float> Normalised(ReadOnlyMemory<float> vector, int? dimensions)
    {
        if (vector.Length == 0 || (dimensions is int expected && vector.Length != expected))
        {
            throw new EmbeddingException($"The embedder gave a vector of {vector.Length} dimensions where {dimensions?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "some"} are expected; check model and dimensions in the settings.");
        }

        var norm = TensorPrimitives.Norm(vector.Span);
        if (!float.IsFinite(norm) || norm == 0)
        {
            throw new EmbeddingException("The embedder gave a vector of zeros or of values that are no numbers.", isTransient: true);
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, norm, unit);
        return unit;
    }

    /// <summary>Returns the mean of unit vectors at unit length.</summary>
    /// <param name="vectors">At least one vector, all of one dimension.</param>
    /// <exception cref="EmbeddingException">The vectors cancel each other out.</exception>
    public static ReadOnlyMemory<float> Mean(IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(sum, vector.Span, sum);
        }

        return Normalised(sum, sum.Length);
    }
}
