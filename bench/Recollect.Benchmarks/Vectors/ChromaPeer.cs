using System.Text.Json.Nodes;
using Recollect.Benchmarks.Measuring;
using Recollect.IntegrationTests.Servers;

namespace Recollect.Benchmarks.Vectors;

/// <summary>A Chroma server of this machine, over its HTTP API.</summary>
internal sealed class ChromaPeer : IVectorPeer
{
    private const int Batch = 1_000;

    private readonly ChromaServer _server = new();
    private string _database = string.Empty;
    private string _collection = string.Empty;
    private bool _owned;

    public string Name => "Chroma (HNSW)";

    public long MostBytes => 2L << 30;

    public async Task BuildAsync(VectorSet set, int count, bool owned, CancellationToken cancellationToken)
    {
        _owned = owned;
        _database = await _server.CreateDatabaseAsync();
        _collection = await _server.CreateCollectionAsync(_database, "vectors");
        foreach (var rows in Enumerable.Range(0, count).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _server.CallAsync(HttpMethod.Post, _database, $"/{_collection}/add", new()
            {
                ["ids"] = new JsonArray([.. rows.Select(row => (JsonNode)$"{row}")]),
                ["embeddings"] = new JsonArray([.. rows.Select(row => (JsonNode)Floats(set.Vector(row)))]),
                ["metadatas"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject { ["owner"] = owned ? row % set.Owners : 0 })]),
            });
        }
    }

    public async Task<int[]> SearchAsync(float[] query, int owner, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["query_embeddings"] = new JsonArray(Floats(query)), ["n_results"] = VectorRun.Top, ["include"] = new JsonArray("distances") };
        if (_owned)
        {
            body["where"] = new JsonObject { ["owner"] = owner };
        }

        var found = await _server.CallAsync(HttpMethod.Post, _database, $"/{_collection}/query", body);
        return [.. found.GetProperty("ids")[0].EnumerateArray().Select(id => int.Parse(id.GetString()!, System.Globalization.CultureInfo.InvariantCulture))];
    }

    public long BytesOnDisk() => Workspace.BytesIn(_server.DataFolder);

    public long ResidentBytes() => Workspace.ResidentBytes(_server.ProcessId);

    public long BytesScanned(int rows, int dimensions) => 0;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static JsonArray Floats(float[] vector) => new([.. vector.Select(x => (JsonNode)JsonValue.Create(x))]);
}
