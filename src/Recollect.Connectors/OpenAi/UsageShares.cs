using Recollect.Memorize.Embedding;

namespace Recollect.Connectors.OpenAi;

/// <summary>Splits what a request cost among those whose texts it held; the shares add up to it exactly.</summary>
internal static class UsageShares
{
    /// <summary>Splits one request: its tokens by estimate, what does not divide and the call itself to the first.</summary>
    /// <param name="parcels">What it held; at least one.</param>
    /// <param name="tokens">What it cost.</param>
    public static EmbeddingUsage[] Of(IReadOnlyList<Parcel> parcels, long tokens)
    {
        var estimated = parcels.Sum(parcel => parcel.Tokens);
        var shares = new EmbeddingUsage[parcels.Count];
        var left = tokens;
        for (var i = parcels.Count - 1; i >= 0; i--)
        {
            var share = i == 0 ? left : (long)((Int128)tokens * parcels[i].Tokens / estimated);
            left -= share;
            shares[i] = new(i == 0 ? 1 : 0, parcels[i].Texts.Count, share);
        }

        return shares;
    }
}
