using Recollect.Conformance.Memorize.Stores;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PgvectorTests.Name)]
public sealed class PostgresMemoryStorePgvectorConformanceTests(PgvectorServer server) : MemoryStoreConformance, IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.EmptyAsync);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    protected override async ValueTask<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
