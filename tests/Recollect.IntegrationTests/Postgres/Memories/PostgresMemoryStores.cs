using Microsoft.Extensions.Options;
using Npgsql;
using Recollect.Connectors.Postgres.Memories;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.IntegrationTests.Postgres.Memories;

/// <summary>Makes stores on empty databases and closes them after the test.</summary>
/// <param name="database">Makes an empty database.</param>
internal sealed class PostgresMemoryStores(Func<Task<NpgsqlConnectionStringBuilder>> database) : IAsyncDisposable
{
    private readonly List<PostgresMemoryStore> _made = [];

    /// <summary>Makes an empty store.</summary>
    public async Task<PostgresMemoryStore> CreateAsync()
    {
        var store = Open(await database());
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Opens a store on a database.</summary>
    public PostgresMemoryStore Open(NpgsqlConnectionStringBuilder where, Action<PostgresMemoryOptions>? change = null, TableOptions? tables = null)
    {
        var options = new PostgresMemoryOptions { ConnectionString = where.ConnectionString };
        change?.Invoke(options);
        var store = new PostgresMemoryStore(Options.Create(options), Options.Create(tables ?? new()));
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
