using Recollect.Conformance.State;
using Recollect.State;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SqliteStateStoreConformanceTests : StateStoreConformance, IDisposable
{
    private readonly SqliteStateStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override async ValueTask<IStateStore> CreateAsync() => await _stores.CreateAsync();
}
