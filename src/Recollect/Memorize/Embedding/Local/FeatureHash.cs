namespace Recollect.Memorize.Embedding.Local;

/// <summary>Hashes features and adds them to a vector.</summary>
/// <remarks>The hashes are part of the stored format: a change needs a new <see cref="LocalEmbeddingGenerator.ModelName"/>.</remarks>
internal static class FeatureHash
{
    /// <summary>Hashes characters: 64-bit FNV-1a over UTF-16 units, then the finaliser of MurmurHash3.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="seed">Keeps kinds of features apart.</param>
    internal static ulong Of(ReadOnlySpan<char> text, ulong seed)
    {
        var hash = 0xCBF29CE484222325 ^ seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return Mix(hash);
    }

    /// <summary>Hashes a number: the finaliser of MurmurHash3.</summary>
    /// <param name="value">The number.</param>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    /// <summary>Adds a feature at two places of the vector, each with its own sign.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="hash">The feature.</param>
    /// <param name="weight">Its weight.</param>
    internal static void Add(Span<float> vector, ulong hash, float weight)
    {
        AddOne(vector, (uint)hash, weight);
        AddOne(vector, (uint)(hash >> 32), weight);
    }

    // The lowest bit is the sign, the others the place.
    private static void AddOne(Span<float> vector, uint half, float weight)
    {
        var place = (int)(((ulong)(half >> 1) * (ulong)vector.Length) >> 31);
        vector[place] += (half & 1) == 0 ? weight : -weight;
    }
}
