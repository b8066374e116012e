using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

[Collection(ChromaTests.Name)]
public sealed class ChromaRecallIsolationTests(ChromaServer server) : RecallIsolation, IDisposable
{
    private readonly ChromaStores _stores = new(server);

    protected override int Questions => TestSize.Of(150, 5_000);

    public void Dispose() => _stores.Dispose();

    protected override async Task<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
