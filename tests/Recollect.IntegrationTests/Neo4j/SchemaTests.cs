using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Constraint and indexes are created by version, once, and what does not fit is explained.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Neo4jStores _stores = null!;

    public async ValueTask InitializeAsync() => _stores = await Neo4jStores.StartAsync();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData("5.19.0", "CREATE VECTOR INDEX memory_semantic_index IF NOT EXISTS FOR (m:Memory) ON (m.embedding) OPTIONS")]
    [InlineData("2025.12.1", "CREATE VECTOR INDEX memory_semantic_index IF NOT EXISTS FOR (m:Memory) ON (m.embedding) OPTIONS")]
    [InlineData("2026.01.0", "CYPHER 25 CREATE VECTOR INDEX memory_semantic_index IF NOT EXISTS FOR (m:Memory) ON (m.embedding) WITH [m.scope, m.user_id, m.recollect_tenant] OPTIONS")]
    public async Task The_vector_index_is_what_the_version_can(string version, string expected)
    {
        _stores.Stub.Graph.Version = version;
        await _stores.CreateAsync();
        Assert.StartsWith(expected, Assert.Single(_stores.Stub.Graph.Indexes.Created, statement => statement.Contains("VECTOR", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(8, _stores.Stub.Graph.Indexes.Created.Count);

        await _stores.CreateAsync();
        Assert.Equal(8, _stores.Stub.Graph.Indexes.Created.Count);
    }

    [Fact]
    public async Task A_server_whose_preview_is_off_gets_the_plain_vector_index()
    {
        _stores.Stub.Graph.Version = "2026.01.0";
        _stores.Stub.Fail(Cypher.CreateVectorIndex(new(2026, 1), "memory_semantic_index", MemoryRecords.Dimensions), StubFault.Answer(400, """{"errors":[{"code":"Neo.ClientError.Statement.SyntaxError"}]}""", "application/json"));
        await _stores.CreateAsync();
        Assert.Contains(Cypher.CreateVectorIndex(ServerVersion.Oldest, "memory_semantic_index", MemoryRecords.Dimensions), _stores.Stub.Graph.Indexes.Created, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_refused()
    {
        _stores.Stub.Graph.Version = "5.18.1";
        Assert.Contains("5.18", (await FailAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory_semantic_index", 1536, "cosine", "1536 dimensions, and Stores:Neo4j:Dimensions is 8")]
    [InlineData("memory_semantic_index", 8, "EUCLIDEAN", "cosine is needed")]
    [InlineData("other", 8, "COSINE", "is named \"other\"")]
    public async Task A_vector_index_that_does_not_fit_is_explained(string name, int dimensions, string similarity, string expected)
    {
        _stores.Stub.Graph.Indexes.AddVectorIndex(name, dimensions, similarity);
        Assert.Contains(expected, (await FailAsync()).Message, StringComparison.Ordinal);
        Assert.Empty(_stores.Stub.Graph.Indexes.Created);

        _stores.Stub.Graph.Indexes.Create(Cypher.CreateSessionConstraint);
        var diagnosis = await _stores.Open().DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains(expected, diagnosis.Advice, StringComparison.Ordinal);
        Assert.True(name is not "memory_semantic_index" || diagnosis.Advice!.Contains("DROP INDEX `memory_semantic_index`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_that_several_nodes_have_are_explained()
    {
        var talk = EtlNodeJson.Talk("377");
        _stores.Stub.Graph.Nodes.AddRange([EtlNodeJson.Node(talk), EtlNodeJson.Node(talk)]);
        Assert.Contains("1 values of source_session", (await FailAsync()).Message, StringComparison.Ordinal);
        Assert.Contains("DETACH DELETE", (await _stores.Open().DiagnoseAsync(None)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indexes_that_are_being_filled_are_waited_for()
    {
        var second = TimeSpan.FromSeconds(1);
        _stores.Stub.Graph.Indexes.State = "POPULATING";
        var time = new ManualTime(EtlNodeJson.UpdatedAt);
        var initializing = _stores.Open(time: time).InitializeAsync(None).AsTask();
        while (!time.Delays.Contains(second))
        {
            await Task.Yield();
        }

        Assert.False(initializing.IsCompleted);
        _stores.Stub.Graph.Indexes.SetState("ONLINE");
        time.Advance(second);
        await initializing;

        _stores.Stub.Graph.Indexes.SetState("FAILED");
        Assert.Contains("has failed", (await FailAsync()).Message, StringComparison.Ordinal);
        Assert.False((await _stores.Open().DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Doctor_says_what_is_missing_and_what_is_there()
    {
        var fresh = await _stores.Open().DiagnoseAsync(None);
        Assert.True(fresh.Healthy);
        Assert.Contains("next run creates", fresh.Advice, StringComparison.Ordinal);
        Assert.Empty(_stores.Stub.Graph.Indexes.Created);
        var store = await _stores.CreateAsync();
        var diagnosis = await store.DiagnoseAsync(None);
        Assert.True(diagnosis.Healthy);
        Assert.Contains("5.26 community", diagnosis.Finding, StringComparison.Ordinal);

        await store.UpsertAsync(MemoryRecords.Of("a", vectors: [[1, 0]]), [], None);
        diagnosis = await store.DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains("1 memories have vectors of other dimensions", diagnosis.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_initialized_again_and_again_asks_the_server_only_now_and_then()
    {
        var time = new ManualTime(EtlNodeJson.UpdatedAt);
        var store = _stores.Open(time: time);
        await store.InitializeAsync(None);
        var calls = _stores.Stub.Calls.Count;
        await store.InitializeAsync(None);
        Assert.Equal(calls, _stores.Stub.Calls.Count);
        time.Advance(TimeSpan.FromMinutes(1));
        await store.InitializeAsync(None);
        Assert.True(_stores.Stub.Calls.Count > calls);
    }

    private async Task<MemoryStoreException> FailAsync()
    {
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _stores.Open().InitializeAsync(None));
        Assert.False(failure.IsTransient);
        return failure;
    }
}
