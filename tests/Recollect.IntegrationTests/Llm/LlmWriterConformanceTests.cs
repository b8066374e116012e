using Recollect.Conformance.Memorize.Generation;
using Recollect.Conformance.Servers;
using Recollect.Memorize.Generation;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

public sealed class LlmWriterConformanceTests : MemoryWriterConformance, IAsyncLifetime
{
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ChatServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override IMemoryWriter Create() => LlmWriters.Of(_server);
}
