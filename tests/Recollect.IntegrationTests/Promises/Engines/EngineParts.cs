using Microsoft.Extensions.AI;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Generation;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>What an engine under test talks to; it outlives processes.</summary>
internal sealed record EngineParts
{
    public IMemoryWriter Writer { get; init; } = new PlainWriter();

    public IEmbeddingGenerator<string, Embedding<float>> Embedder { get; init; } = new HashEmbedder();

    public IDelivery? Delivery { get; init; }

    public IMirror? Mirror { get; init; }
}
