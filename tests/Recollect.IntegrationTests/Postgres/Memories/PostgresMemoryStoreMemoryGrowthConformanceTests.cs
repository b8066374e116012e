using Recollect.Conformance.Memorize.Stores;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PostgresTests.Name)]
public sealed class PostgresMemoryStoreMemoryGrowthConformanceTests(PostgresServer server) : MemoryGrowthConformance, IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    protected override async ValueTask<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
