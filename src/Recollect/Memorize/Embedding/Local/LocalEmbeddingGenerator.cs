using System.Globalization;
using Microsoft.Extensions.AI;

namespace Recollect.Memorize.Embedding.Local;

/// <summary>Embeds text offline: the same text gives the same unit vector on every machine, and no model is loaded.</summary>
/// <remarks>
/// Words (stemmed), concept groups and character 4-grams are hashed into the vector with fixed weights, so that texts about the same
/// things lie close even when they share few words. Safe to call concurrently; holds no state between calls.
/// </remarks>
public sealed class LocalEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The name under which vectors are kept. It changes whenever the same text would give another vector.</summary>
    public const string ModelName = "local-hash-v1";

    private readonly int _dimensions;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Creates an embedder.</summary>
    /// <param name="options">The settings; they are read once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimensions are outside 64 to 4,096.</exception>
    public LocalEmbeddingGenerator(LocalEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Dimensions, 64, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Dimensions, 4_096, nameof(options));
        _dimensions = options.Dimensions;
        _metadata = new EmbeddingGeneratorMetadata("local", providerUri: null, ModelName, _dimensions);
    }

    /// <summary>Embeds each text as a vector of unit length.</summary>
    /// <param name="values">The texts, of any length and language; none may be empty or white space, which has no direction.</param>
    /// <param name="options">Ignored, but for a number of dimensions that is not this embedder's: that is refused.</param>
    /// <param name="cancellationToken">Checked before every text.</param>
    /// <returns>One vector per text, in order. Completes synchronously.</returns>
    /// <exception cref="ArgumentException">A text is empty or white space, or other dimensions are asked for.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } asked && asked != _dimensions)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{asked} dimensions were asked for; this embedder gives {_dimensions}."),
                nameof(options));
        }

        var embeddings = new GeneratedEmbeddings<Embedding<float>>(values.TryGetNonEnumeratedCount(out var count) ? count : 4);
        var encoder = new LocalTextEncoder();
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[_dimensions];
            if (!encoder.TryEncode(text, vector))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Text {embeddings.Count} is empty or white space and cannot be embedded."),
                    nameof(values));
            }

            embeddings.Add(new Embedding<float>(vector) { ModelId = ModelName });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }
}
