using Microsoft.Extensions.Options;
using Npgsql;
using Recollect.Connectors.Postgres.Memories;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Postgres.Memories;

/// <summary>Makes stores in databases of their own and closes them after the test.</summary>
/// <param name="server">The server.</param>
internal sealed class PostgresMemoryStores(PostgresServer server) : IAsyncDisposable
{
    private readonly List<PostgresMemoryStore> _made = [];

    /// <summary>Makes an empty store.</summary>
    public async Task<PostgresMemoryStore> CreateAsync()
    {
        var store = Open(await server.CreateDatabaseAsync());
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Opens a store on a database.</summary>
    public PostgresMemoryStore Open(NpgsqlConnectionStringBuilder database, Action<PostgresMemoryOptions>? change = null)
    {
        var options = new PostgresMemoryOptions { ConnectionString = database.ConnectionString };
        change?.Invoke(options);
        var store = new PostgresMemoryStore(Options.Create(options));
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
