using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Recollect.IntegrationTests.Neo4j.Stub;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Makes stores over the stand-in, and ends both after the test.</summary>
internal sealed class Neo4jStores : IAsyncDisposable
{
    private readonly List<Neo4jMemoryStore> _stores = [];

    private Neo4jStores(Neo4jStub stub) => Stub = stub;

    public Neo4jStub Stub { get; }

    public static async Task<Neo4jStores> StartAsync() => new(await Neo4jStub.StartAsync());

    /// <summary>Makes a store.</summary>
    /// <param name="change">Changes the settings; null for none.</param>
    /// <param name="time">The clock; null for the real one.</param>
    public Neo4jMemoryStore Open(Action<Neo4jOptions>? change = null, TimeProvider? time = null)
    {
        var options = new Neo4jOptions { Uri = Stub.Url, User = Neo4jStub.User, Password = Neo4jStub.Password, Dimensions = MemoryRecords.Dimensions };
        change?.Invoke(options);
        var store = new Neo4jMemoryStore(Options.Create(options), time ?? TimeProvider.System);
        _stores.Add(store);
        return store;
    }

    /// <summary>Makes a store that is ready to use.</summary>
    public async Task<Neo4jMemoryStore> CreateAsync()
    {
        var store = Open();
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        await Stub.DisposeAsync();
    }
}
