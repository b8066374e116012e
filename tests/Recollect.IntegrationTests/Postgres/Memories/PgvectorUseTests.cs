using Npgsql;
using Recollect.Conformance;
using Recollect.Connectors.Postgres.Memories;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PgvectorTests.Name)]
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
        var without = await VectorSearch.ScanAsync(connection, OwnerKeys.Of(mine)!.Value, query, 50, Token);

        Assert.Equal(50, with.Count);
        Assert.Equal(without.Select(match => (match.MemoryId, match.FirstMessage)), with.Select(match => (match.MemoryId, match.FirstMessage)));
        Assert.All(with.Zip(without), pair => Assert.Equal(pair.Second.Similarity, pair.First.Similarity, tolerance: 0.00001));
    }

    [Fact]
    public async Task The_index_of_a_large_circle_finds_nearly_the_same_and_nothing_of_others()
    {
        var store = await _stores.CreateAsync();
        foreach (var number in Enumerable.Range(0, 1_200))
        {
            await store.UpsertAsync(MemoryRecords.Of($"n{number}", new Owner { User = $"u{number % 2}" }, vectors: [MemoryRecords.Vector($"{number}", 16)]), [], Token);
        }

        var mine = Visibility.Of(new() { User = "u1" });
        string[] queries = [.. Enumerable.Range(0, 20).Select(number => $"q{number}")];
        var exact = await SearchAsync();
        await server.ExecuteAsync(VectorIndex.Create("public", OwnerKeys.Of(mine)!.Value, 16));
        await store.InitializeAsync(Token);
        var near = await SearchAsync();

        Assert.All(near, found => Assert.Equal(10, found.Length));
        Assert.True(exact.Zip(near).Average(pair => pair.First.Intersect(pair.Second, StringComparer.Ordinal).Count()) >= 9.5);
        var others = Enumerable.Range(0, 600).Select(number => MemoryRecords.IdOf($"n{2 * number}"));
        Assert.Empty(near.SelectMany(found => found).Intersect(others, StringComparer.Ordinal));
        Assert.Contains("chunks_near_", await ExplainAsync(VectorIndex.Search("public", OwnerKeys.Of(mine)!.Value, 16)), StringComparison.Ordinal);

        async Task<string[][]> SearchAsync()
        {
            var found = new List<string[]>();
            foreach (var query in queries)
            {
                found.Add([.. (await store.SearchAsync(mine, MemoryRecords.Vector(query, 16), 10, Token)).Select(match => match.MemoryId)]);
            }

            return [.. found];
        }
    }

    [Fact]
    public async Task A_large_circle_is_advised_an_index()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", vectors: [[1, 0]]), [], Token);
        await server.ExecuteAsync($"""
            INSERT INTO recollect.chunks(memory_key, position, visibility, dimensions, first_message, last_message, vector)
            SELECT memory_key, n, visibility, dimensions, 0, 0, vector FROM recollect.chunks, generate_series(1, {VectorIndex.LargeCircle}) AS n
            """);

        var diagnosis = await store.DiagnoseAsync(Token);

        Assert.True(diagnosis.Healthy);
        Assert.EndsWith(VectorIndex.Create("public", OwnerKeys.Of(Visibility.Of(new() { User = "u1" }))!.Value, 2), diagnosis.Advice, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(server.Database!.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"EXPLAIN {statement}", connection)
        {
            Parameters = { new() { Value = MemoryRecords.Vector("q", 16) }, new() { Value = 10 }, new() { Value = 10 } },
        };
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
