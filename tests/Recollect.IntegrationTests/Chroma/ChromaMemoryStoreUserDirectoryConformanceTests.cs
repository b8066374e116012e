using Recollect.Conformance.Memorize.Stores;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

[Collection(ChromaTests.Name)]
public sealed class ChromaMemoryStoreUserDirectoryConformanceTests(ChromaServer server) : UserDirectoryConformance, IDisposable
{
    private readonly ChromaStores _stores = new(server);

    public void Dispose() => _stores.Dispose();

    protected override async ValueTask<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
