using Microsoft.Extensions.Options;
using Recollect.Connectors.Sqlite.Memories;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>Makes stores on real files and removes them after the test.</summary>
internal sealed class SqliteMemoryStores : IDisposable
{
    private readonly List<IDisposable> _made = [];

    /// <summary>Makes an empty store in a folder of its own.</summary>
    public async Task<SqliteMemoryStore> CreateAsync()
    {
        var folder = new TemporaryFolder();
        _made.Add(folder);
        var store = Open(folder.Path);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Opens a store on a folder.</summary>
    public SqliteMemoryStore Open(string root)
    {
        var store = new SqliteMemoryStore(Options.Create(new DataOptions { Root = root }));
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
