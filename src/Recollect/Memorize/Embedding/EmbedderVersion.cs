using Microsoft.Extensions.AI;

namespace Recollect.Memorize.Embedding;

/// <summary>Names an embedder for fingerprints, from what it says of itself.</summary>
internal static class EmbedderVersion
{
    /// <summary>Gets provider, model and dimensions, such as <c>local/local-hash-v1/512</c>.</summary>
    /// <param name="generator">The embedder.</param>
    public static string Of(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        var metadata = Metadata(generator);
        return $"{metadata?.ProviderName ?? "custom"}/{metadata?.DefaultModelId ?? "default"}/{metadata?.DefaultModelDimensions ?? 0}";
    }

    /// <summary>Gets the model's name.</summary>
    public static string ModelOf(IEmbeddingGenerator<string, Embedding<float>> generator) => Metadata(generator)?.DefaultModelId ?? "default";

    /// <summary>Gets the dimensions that every vector must have; null when the embedder does not say.</summary>
    public static int? Dimensions(IEmbeddingGenerator<string, Embedding<float>> generator) => Metadata(generator)?.DefaultModelDimensions;

    /// <summary>Gets a value indicating whether a call leaves the machine, and so is worth not repeating.</summary>
    public static bool IsRemote(IEmbeddingGenerator<string, Embedding<float>> generator) => Metadata(generator)?.ProviderUri is not null;

    private static EmbeddingGeneratorMetadata? Metadata(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
}
