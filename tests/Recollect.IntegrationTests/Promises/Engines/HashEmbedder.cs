using Microsoft.Extensions.AI;
using Recollect.Conformance;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>Makes a vector that the text alone decides, as a remote embedder of eight dimensions; a test may do something else first.</summary>
internal sealed class HashEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("hash", new Uri("https://embedder.example"), "hash-1", MemoryRecords.Dimensions);
    private int _calls;

    /// <summary>Gets the calls made so far.</summary>
    public int Calls => _calls;

    /// <summary>Gets or sets what happens first: it may throw, or give other vectors.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, IReadOnlyList<float[]>?>? First { get; set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        string[] texts = [.. values];
        var vectors = First?.Invoke(texts, cancellationToken) ?? [.. texts.Select(text => MemoryRecords.Vector(text))];
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
