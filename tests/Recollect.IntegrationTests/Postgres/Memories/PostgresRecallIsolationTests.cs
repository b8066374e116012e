using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PostgresTests.Name)]
public sealed class PostgresRecallIsolationTests(PostgresServer server) : RecallIsolation, IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    protected override int Questions => TestSize.Of(150, 5_000);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    protected override async Task<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
