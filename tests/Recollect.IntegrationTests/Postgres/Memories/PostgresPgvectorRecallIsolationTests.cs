using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PgvectorTests.Name)]
public sealed class PostgresPgvectorRecallIsolationTests(PgvectorServer server) : RecallIsolation, IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.EmptyAsync);

    protected override int Questions => TestSize.Of(150, 5_000);

    protected override int MemoriesOfEach => TestSize.Of(1, 3);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    protected override async Task<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
