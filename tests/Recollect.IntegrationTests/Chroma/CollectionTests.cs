using Recollect.Conformance;
using Recollect.Connectors.Chroma;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

/// <summary>Collections that are gone, measure otherwise, or have vectors of other dimensions.</summary>
[Collection(ChromaTests.Name)]
public sealed class CollectionTests(ChromaServer server) : IAsyncLifetime
{
    private const string Chat = "972501234567@c.us";
    private const string Name = "memory_972501234567";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Owner Owner = new() { User = Chat };

    private readonly ChromaStores _stores = new(server);
    private ChromaMemoryStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await _stores.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _stores.Dispose();
        return default;
    }

    [Fact]
    public async Task A_collection_that_was_removed_holds_nothing_and_is_created_again()
    {
        await _store.UpsertAsync(MemoryRecords.Of("a", Owner), [], None);
        await server.CallAsync(HttpMethod.Delete, _stores.Database, $"/{Name}");
        Assert.Empty(await _store.SearchAsync(Owner.Visibility, MemoryRecords.Vector("a"), 5, None));
        Assert.Empty(await _store.GetAsync([MemoryRecords.IdOf("a")], None));
        Assert.Empty(await _store.GetHeadersAsync([MemoryRecords.Of("a", Owner).Memory.Thread], None));

        await _store.UpsertAsync(MemoryRecords.Of("a", Owner), [], None);
        await server.CallAsync(HttpMethod.Delete, _stores.Database, $"/{Name}");
        await _stores.Open().UpsertAsync(MemoryRecords.Of("b", Owner), [], None); // another process is first to create it again
        await _store.UpsertAsync(MemoryRecords.Of("a", Owner), [], None);
        Assert.Equal(2, (await _store.SearchAsync(Owner.Visibility, MemoryRecords.Vector("a"), 5, None)).Count);
    }

    [Theory]
    [InlineData("l2")]
    [InlineData("ip")]
    public async Task A_collection_that_does_not_measure_by_cosine_is_refused_and_explained(string space)
    {
        await server.CreateCollectionAsync(_stores.Database, Name, space);
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.UpsertAsync(MemoryRecords.Of("a", Owner), [], None));
        Assert.False(failure.IsTransient);
        Assert.Contains($"measures \"{space}\", and cosine is needed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("new_name", failure.Message, StringComparison.Ordinal);
        await _store.UpsertAsync(MemoryRecords.Of("b", new() { User = "other" }), [], None);

        var diagnosis = await _store.DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains($"\"{Name}\" by \"{space}\"", diagnosis.Finding, StringComparison.Ordinal);
        Assert.Contains("new_name", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_embedder_gets_a_collection_beside_the_first_and_doctor_says_so()
    {
        await _store.UpsertAsync(MemoryRecords.Of("a", Owner), [], None);
        await _store.UpsertAsync(MemoryRecords.Of("b", Owner), [], None);
        var changed = MemoryRecords.Of("b", Owner, vectors: [MemoryRecords.Vector("b", 16)]);
        await _stores.Open().UpsertAsync(changed, [], None); // a process that did not store it before
        Assert.Equal([MemoryRecords.IdOf("a")], (await _store.SearchAsync(Owner.Visibility, MemoryRecords.Vector("q"), 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
        Assert.Equal([MemoryRecords.IdOf("b")], (await _stores.Open().SearchAsync(Owner.Visibility, MemoryRecords.Vector("q", 16), 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);

        var diagnosis = await _store.DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains("(8 and 16)", diagnosis.Finding, StringComparison.Ordinal);
        Assert.Equal(2, (await _store.GetStatisticsAsync(None)).Memories);

        await _store.UpsertAsync(MemoryRecords.Of("a", Owner, vectors: [MemoryRecords.Vector("a", 16)]), [], None);
        Assert.True((await _store.DiagnoseAsync(None)).Healthy);
        Assert.Equal(2, (await _store.ForgetAsync(Owner.DefaultTenant, Chat, None)).Memories);
    }

    [Fact]
    public async Task A_collection_that_another_process_filled_first_with_other_dimensions_is_no_failure()
    {
        await server.CreateCollectionAsync(_stores.Database, Name);
        Assert.Empty(await _store.SearchAsync(Owner.Visibility, MemoryRecords.Vector("q"), 5, None)); // it is known now, and empty
        await _stores.Open().UpsertAsync(MemoryRecords.Of("a", Owner, vectors: [MemoryRecords.Vector("a", 16)]), [], None);
        await _store.UpsertAsync(MemoryRecords.Of("b", Owner), [], None);
        Assert.Equal([MemoryRecords.IdOf("b")], (await _store.SearchAsync(Owner.Visibility, MemoryRecords.Vector("q"), 5, None)).Select(match => match.MemoryId), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task A_vector_that_a_search_could_not_use_is_never_stored(float value)
    {
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _store.UpsertAsync(MemoryRecords.Of("a", Owner, texts: ["1", "2"], vectors: [[1, 0], [value, 0]]), [], None));
        Assert.Contains("nothing was stored", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await server.CallAsync(HttpMethod.Get, _stores.Database, string.Empty)).GetArrayLength());
    }

    [Fact]
    public async Task A_tenant_and_a_database_that_are_not_there_are_explained()
    {
        var diagnosis = await _stores.Open(static options => options.Database = "nowhere").DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains("no database \"nowhere\"", diagnosis.Finding, StringComparison.Ordinal);
        Assert.Contains("no tenant \"nobody\"", (await _stores.Open(static options => options.Tenant = "nobody").DiagnoseAsync(None)).Finding, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MemoryStoreException>(async () => await _stores.Open(static options => options.Database = "nowhere").InitializeAsync(None));
    }

    [Fact]
    public async Task Collections_of_other_programs_are_never_touched()
    {
        var id = await server.CreateCollectionAsync(_stores.Database, "memory_notes", "l2");
        await server.CallAsync(HttpMethod.Post, _stores.Database, $"/{id}/add", new() { ["ids"] = new System.Text.Json.Nodes.JsonArray("a/0"), ["embeddings"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonArray(1, 0)) });
        Assert.True((await _store.DiagnoseAsync(None)).Healthy);
        Assert.Empty(await _store.GetAsync(["a", "memory_notes:a/0"], None));
        Assert.Equal(0, await _store.DeleteAsync(["a", "memory_notes:a/0"], None));
        Assert.Equal(1, (await server.CallAsync(HttpMethod.Get, _stores.Database, $"/{id}/count")).GetInt32());
    }
}
