using Recollect.Conformance.State;
using Recollect.IntegrationTests.Servers;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresStateStoreConformanceTests(PostgresServer server) : StateStoreConformance, IAsyncDisposable
{
    private readonly PostgresStateStores _stores = new(server);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    protected override async ValueTask<IStateStore> CreateAsync() => await _stores.CreateAsync();
}
