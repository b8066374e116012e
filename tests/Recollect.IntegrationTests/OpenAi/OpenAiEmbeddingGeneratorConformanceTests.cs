using Microsoft.Extensions.AI;
using Recollect.Conformance.Memorize.Embedding;
using Recollect.Conformance.Servers;
using Xunit;

namespace Recollect.IntegrationTests.OpenAi;

public sealed class OpenAiEmbeddingGeneratorConformanceTests : EmbeddingGeneratorConformance, IAsyncLifetime
{
    private EmbeddingServer? _server;

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    protected override IEmbeddingGenerator<string, Embedding<float>> Create() => Embedders.Of(_server!);
}
