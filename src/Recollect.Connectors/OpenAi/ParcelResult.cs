using Recollect.Memorize.Embedding;

namespace Recollect.Connectors.OpenAi;

/// <summary>What a parcel's texts became.</summary>
/// <param name="Vectors">One vector a text, in order, of unit length.</param>
/// <param name="Usage">Its share of what the requests cost.</param>
internal sealed record ParcelResult(IReadOnlyList<ReadOnlyMemory<float>> Vectors, EmbeddingUsage Usage);
