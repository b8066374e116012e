using Microsoft.Extensions.Options;
using Recollect.Connectors.Sqlite.State;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>Makes state stores on real files and removes them after the test.</summary>
internal sealed class SqliteStateStores : IDisposable
{
    private readonly List<IDisposable> _made = [];

    /// <summary>Makes an empty store in a folder of its own.</summary>
    public async Task<SqliteStateStore> CreateAsync()
    {
        var folder = new TemporaryFolder();
        _made.Add(folder);
        var store = Open(folder.Path);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Opens a store on a folder.</summary>
    public SqliteStateStore Open(string root)
    {
        var store = new SqliteStateStore(Options.Create(new DataOptions { Root = root }), TimeProvider.System);
        _made.Add(store);
        return store;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var made in Enumerable.Reverse(_made))
        {
            made.Dispose();
        }
    }
}
