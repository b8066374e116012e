using Microsoft.Extensions.AI;
using Recollect.Conformance.Memorize.Embedding;
using Recollect.Memorize.Embedding.Local;

namespace Recollect.UnitTests.Memorize.Embedding.Local;

public sealed class LocalEmbeddingGeneratorConformanceTests : EmbeddingGeneratorConformance
{
    protected override IEmbeddingGenerator<string, Embedding<float>> Create() => new LocalEmbeddingGenerator(new LocalEmbeddingOptions());
}
