using Recollect.Conformance.Memorize.Stores;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SqliteMemoryStoreMemoryGrowthConformanceTests : MemoryGrowthConformance, IDisposable
{
    private readonly SqliteMemoryStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override async ValueTask<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
