using Microsoft.Extensions.Options;
using Recollect.Conformance.Sessions;
using Recollect.Connectors.Postgres.Sessions;
using Recollect.IntegrationTests.Servers;
using Recollect.Sessions;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresSessionStoreConformanceTests(PostgresServer server) : SessionStoreConformance, IAsyncDisposable
{
    private readonly List<PostgresSessionStore> _made = [];
    private string _connection = "";

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _made)
        {
            await store.DisposeAsync();
        }
    }

    protected override async ValueTask<ISessionStore> CreateAsync()
    {
        _connection = (await server.CreateDatabaseAsync()).ConnectionString;
        return Open();
    }

    protected override ValueTask<ISessionStore> ReopenAsync(ISessionStore store) => ValueTask.FromResult<ISessionStore>(Open());

    private PostgresSessionStore Open()
    {
        var store = new PostgresSessionStore(Options.Create(new PostgresSessionOptions { ConnectionString = _connection }));
        _made.Add(store);
        return store;
    }
}
