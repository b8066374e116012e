using Npgsql;
using Recollect.Conformance;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(Servers.PgvectorTests.Name)]
public sealed class PgvectorUseTests(PgvectorServer server) : IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.EmptyAsync);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task It_is_installed_where_it_can_be_and_compares_the_vectors()
    {
        await server.EmptyAsync();
        await server.ExecuteAsync("DROP EXTENSION IF EXISTS vector CASCADE");
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], Token);

        var diagnosis = await store.DiagnoseAsync(Token);

        Assert.Equal((true, null), (diagnosis.Healthy, diagnosis.Advice));
        Assert.EndsWith("holds 1 memories and 1 vectors, which are compared on the server (pgvector)", diagnosis.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_in_any_schema()
    {
        await server.EmptyAsync();
        await server.ExecuteAsync("DROP EXTENSION IF EXISTS vector CASCADE; CREATE SCHEMA IF NOT EXISTS \"Odd place\"; CREATE EXTENSION vector SCHEMA \"Odd place\"");
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", vectors: [[1, 0]]), [], Token);

        var match = Assert.Single(await store.SearchAsync(Visibility.Of(new() { User = "u1" }), new float[] { 0.6f, 0.8f }, 5, Token));

        Assert.Equal(0.6, match.Similarity, tolerance: 0.00001);
        await server.ExecuteAsync("DROP EXTENSION vector CASCADE");
    }

    [Fact]
    public async Task With_and_without_it_the_same_is_found()
    {
        var store = await _stores.CreateAsync();
        foreach (var number in Enumerable.Range(0, 200))
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", vectors: [MemoryRecords.Vector($"{number}/1", 64), MemoryRecords.Vector($"{number}/2", 64)]), [], Token);
        }

        var (mine, query) = (Visibility.Of(new() { User = "u1" }), MemoryRecords.Vector("q", 64));
        var with = await store.SearchAsync(mine, query, 50, Token);
        await using var connection = new NpgsqlConnection(server.Database!.ConnectionString);
        await connection.OpenAsync(Token);
        var without = await Connectors.Postgres.Memories.VectorSearch.ScanAsync(connection, Connectors.Postgres.Memories.OwnerKeys.Of(mine)!.Value, query, 50, Token);

        Assert.Equal(50, with.Count);
        Assert.Equal(without.Select(match => (match.MemoryId, match.FirstMessage)), with.Select(match => (match.MemoryId, match.FirstMessage)));
        Assert.All(with.Zip(without), pair => Assert.Equal(pair.Second.Similarity, pair.First.Similarity, tolerance: 0.00001));
    }

}
