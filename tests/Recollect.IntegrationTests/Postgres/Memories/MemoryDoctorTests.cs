using Recollect.Conformance;
using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

[Collection(PostgresTests.Name)]
public sealed class MemoryDoctorTests(PostgresServer server) : IAsyncDisposable
{
    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Without_pgvector_it_says_how_vectors_are_compared_and_what_to_do()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], Token);

        var diagnosis = await store.DiagnoseAsync(Token);

        Assert.True(diagnosis.Healthy);
        Assert.EndsWith("holds 1 memories and 1 vectors, which are fetched and compared here (no pgvector)", diagnosis.Finding, StringComparison.Ordinal);
        Assert.Contains("CREATE EXTENSION vector", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_of_several_dimensions_are_named()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a", texts: ["1", "2"], vectors: [MemoryRecords.Vector("x", 16), MemoryRecords.Vector("y", 16)]), [], Token);
        await store.UpsertAsync(MemoryRecords.Of("b"), [], Token);

        var diagnosis = await store.DiagnoseAsync(Token);

        Assert.True(diagnosis.Healthy);
        Assert.Contains("(2 of 16, 1 of 8)", diagnosis.Advice, StringComparison.Ordinal);
    }
}
