using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

[Collection(ChromaTests.Name)]
public sealed class ChromaRecallIsolationTests(ChromaServer server) : RecallIsolation, IDisposable
{
    private readonly ChromaStores _stores = new(server);

    protected override int Questions => TestSize.Of(100, 5_000);

    protected override int MemoriesOfEach => TestSize.Of(1, 3); // each new chat is a new collection, which takes the server its time

    public void Dispose() => _stores.Dispose();

    protected override async Task<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
