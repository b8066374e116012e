using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PostgresTests.Name)]
public sealed class PostgresRecallIsolationTests(PostgresServer server) : RecallIsolation, IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    protected override async Task<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
