using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Conformance;
using Recollect.Conformance.Memorize.Stores;
using Recollect.Connectors.Neo4j;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Runs against the server that <c>TEST_NEO4J</c> names, whose <c>:Memory</c> nodes are all removed, and against the stand-in where there is none.</summary>
public sealed class Neo4jMemoryStoreConformanceTests : MemoryStoreConformance, IAsyncDisposable
{
    private static readonly IConfiguration Servers = new ConfigurationBuilder().AddEnvironmentVariables("TEST_").Build();

    private readonly List<IAsyncDisposable> _stubs = [];
    private readonly List<IDisposable> _stores = [];

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        foreach (var stub in _stubs)
        {
            await stub.DisposeAsync();
        }
    }

    protected override async ValueTask<IMemoryStore> CreateAsync()
    {
        if (Servers["NEO4J"] is { Length: > 0 } uri)
        {
            return await RealAsync(uri);
        }

        var stores = await Neo4jStores.StartAsync();
        _stubs.Add(stores);
        return await stores.CreateAsync();
    }

    private async Task<IMemoryStore> RealAsync(string uri)
    {
        var options = new Neo4jOptions
        {
            Uri = uri,
            User = Servers["NEO4J_USER"] ?? "neo4j",
            Password = Servers["NEO4J_PASSWORD"] ?? string.Empty,
            Database = Servers["NEO4J_DATABASE"] ?? "neo4j",
            Dimensions = MemoryRecords.Dimensions,
        };
        using (var api = new QueryApi(options, TimeProvider.System))
        {
            await api.WriteAsync("MATCH (m:Memory) DETACH DELETE m", parameters: null, static _ => true, CancellationToken.None);
        }

        var store = new Neo4jMemoryStore(Options.Create(options), TimeProvider.System);
        _stores.Add(store);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }
}
