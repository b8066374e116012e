using Recollect.Conformance.Memorize.Stores;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Neo4j;

public sealed class Neo4jMemoryStoreUserDirectoryConformanceTests : UserDirectoryConformance, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _stores = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var stores in _stores)
        {
            await stores.DisposeAsync();
        }
    }

    protected override async ValueTask<IMemoryStore> CreateAsync()
    {
        var stores = await Neo4jStores.StartAsync();
        _stores.Add(stores);
        return await stores.CreateAsync();
    }
}
