using Microsoft.Extensions.Options;
using Recollect.Connectors.Chroma;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Chroma;

/// <summary>Makes stores over databases of their own, and ends them after the test.</summary>
/// <param name="server">The server.</param>
internal sealed class ChromaStores(ChromaServer server) : IDisposable
{
    private readonly List<ChromaMemoryStore> _stores = [];

    /// <summary>Gets the database of the store that was made last.</summary>
    public string Database { get; private set; } = string.Empty;

    /// <summary>Makes an empty store that is ready to use.</summary>
    public async Task<ChromaMemoryStore> CreateAsync()
    {
        Database = await server.CreateDatabaseAsync();
        var store = Open();
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Opens one more store over the same database, as another process would.</summary>
    /// <param name="change">Changes the settings; null for none.</param>
    public ChromaMemoryStore Open(Action<ChromaOptions>? change = null)
    {
        var options = new ChromaOptions { Url = server.Url, Database = Database };
        change?.Invoke(options);
        var store = new ChromaMemoryStore(Options.Create(options), TimeProvider.System);
        _stores.Add(store);
        return store;
    }

    /// <inheritdoc/>
    public void Dispose() => _stores.ForEach(store => store.Dispose());
}
