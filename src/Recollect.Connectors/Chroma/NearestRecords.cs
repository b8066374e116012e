using System.Numerics.Tensors;

namespace Recollect.Connectors.Chroma;

/// <summary>Compares a vector with every record of a collection, exactly.</summary>
/// <remarks>
/// Chroma's index finds neighbours approximately, and computes their distances exactly. So it is asked for all of them, and the answer
/// counted: where some are missing, the vectors are read and compared here.
/// </remarks>
/// <param name="records">The records.</param>
internal sealed class NearestRecords(RecordApi records)
{
    private const int VectorsOfACall = 200;

    /// <summary>Gets the ids of all records with their cosines, in no particular order.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="vector">A vector of its dimensions.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    public async Task<List<(string Id, double Similarity)>> AllAsync(Collection collection, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        var count = await records.CountAsync(collection, cancellationToken);
        if (count == 0)
        {
            return [];
        }

        var nearest = await records.QueryAsync(collection, vector, count, cancellationToken);
        return nearest.Count >= count ? nearest : await CompareAsync(collection, vector, cancellationToken);
    }

    private async Task<List<(string Id, double Similarity)>> CompareAsync(Collection collection, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        var compared = new List<(string Id, double Similarity)>();
        foreach (var ids in (await records.GetIdsAsync(collection, static _ => { }, cancellationToken)).Chunk(VectorsOfACall))
        {
            foreach (var row in await records.GetAsync(collection, RecordFilter.Ids(ids), ["embeddings"], cancellationToken))
            {
                if (row.Vector.Length == vector.Length && TensorPrimitives.CosineSimilarity(row.Vector.Span, vector.Span) is var cosine && float.IsFinite(cosine))
                {
                    compared.Add((row.Id, Math.Clamp((double)cosine, -1, 1)));
                }
            }
        }

        return compared;
    }
}
