using Recollect.Connectors.Postgres.State;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Postgres;

/// <summary>Makes state stores on a real server and closes them after the test.</summary>
internal sealed class PostgresStateStores(PostgresServer server) : IAsyncDisposable
{
    private readonly List<PostgresStateStore> _made = [];

    /// <summary>Makes an empty store in a database of its own.</summary>
    public async Task<PostgresStateStore> CreateAsync()
    {
        var store = Open((await server.CreateDatabaseAsync()).ConnectionString);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Opens a store on a database.</summary>
    public PostgresStateStore Open(string connection)
    {
        var store = new PostgresStateStore(new() { ConnectionString = connection }, TimeSpan.FromSeconds(1));
        _made.Add(store);
        return store;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _made)
        {
            await store.DisposeAsync();
        }
    }
}
