using Recollect.IntegrationTests.Promises;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Sqlite;

public sealed class SqliteRecallIsolationTests : RecallIsolation, IDisposable
{
    private readonly SqliteMemoryStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override async Task<IMemoryStore> CreateAsync() => await _stores.CreateAsync();
}
