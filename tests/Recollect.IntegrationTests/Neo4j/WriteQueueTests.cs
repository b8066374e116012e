using System.Text.Json;
using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Recollect.IntegrationTests.AnythingLlm.Stub;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Many memories take few requests, and one that is refused takes no other with it.</summary>
public sealed class WriteQueueTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SemaphoreSlim _released = new(0);
    private Neo4jStores _stores = null!;
    private Neo4jMemoryStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _stores = await Neo4jStores.StartAsync();
        _store = await _stores.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _released.Release();
        await _stores.DisposeAsync();
        _released.Dispose();
    }

    [Fact]
    public async Task Memories_that_come_while_a_request_is_under_way_go_together_in_the_next()
    {
        var first = await HoldAsync();
        Task[] others = [.. Enumerable.Range(0, 150).Select(number => StoreAsync($"n{number}"))];
        _released.Release();
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 100, 50], Requests().Select(rows => rows.Length));
        Assert.Equal(151, _stores.Stub.Graph.Nodes.Count);
    }

    [Fact]
    public async Task A_memory_that_is_refused_fails_alone()
    {
        var first = await HoldAsync();
        Task[] others = [.. Enumerable.Range(0, 10).Select(number => StoreAsync($"n{number}"))];
        var bad = MemoryRecords.IdOf("n3");
        bool IsBad(JsonElement parameters) => IdsOf(parameters).Contains(bad, StringComparer.Ordinal);
        var refusal = StubFault.Answer(202, """{"errors":[{"code":"Neo.ClientError.Statement.ArgumentError"}]}""", "application/json");
        _stores.Stub.Fail(Cypher.Upsert, refusal, IsBad); // the request of all
        _stores.Stub.Fail(Cypher.Upsert, refusal, IsBad); // and its own
        _released.Release();
        await first;
        await Assert.ThrowsAsync<MemoryStoreException>(() => others[3]);
        await Task.WhenAll(others.Where((_, number) => number != 3));
        Assert.Equal(10, _stores.Stub.Graph.Nodes.Count);
    }

    [Fact]
    public async Task A_request_never_touches_a_memory_twice()
    {
        var first = await HoldAsync();
        var others = new[] { StoreAsync("a"), StoreAsync("b"), StoreAsync("c", supersedes: "a"), StoreAsync("c"), StoreAsync("d") };
        _released.Release();
        await Task.WhenAll([first, .. others]);
        Assert.Equal([1, 2, 1, 2], Requests().Select(rows => rows.Length));
        Assert.Equal(new[] { "first", "b", "c", "d" }.Select(MemoryRecords.IdOf).Order(StringComparer.Ordinal), _stores.Stub.Graph.Nodes.Select(node => node.Text("recollect_id")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_memory_that_waits_can_be_taken_back()
    {
        var first = await HoldAsync();
        using var cancelling = new CancellationTokenSource();
        Task[] second = [_store.UpsertAsync(MemoryRecords.Of("second"), [], cancelling.Token).AsTask()];
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second[0]);
        _released.Release();
        await first;
        await StoreAsync("third");
        Assert.Equal(new[] { "first", "third" }.Select(MemoryRecords.IdOf), _stores.Stub.Graph.Nodes.Select(node => node.Text("recollect_id")), StringComparer.Ordinal);
    }

    /// <summary>Stores a memory whose request is held until it is released.</summary>
    private async Task<Task> HoldAsync()
    {
        _stores.Stub.Fail(Cypher.Upsert, StubFault.Until(() => _released.WaitAsync(None)));
        var first = StoreAsync("first");
        while (await _stores.Stub.ArrivalAsync(None) is not Cypher.Upsert)
        {
        }

        return first;
    }

    private Task StoreAsync(string name, string? supersedes = null) =>
        _store.UpsertAsync(MemoryRecords.Of(name), supersedes is null ? [] : [MemoryRecords.IdOf(supersedes)], None).AsTask();

    private IEnumerable<string[]> Requests() => _stores.Stub.Calls.Where(call => call.Statement is Cypher.Upsert).Select(call => IdsOf(call.Parameters));

    private static string[] IdsOf(JsonElement parameters) =>
        [.. parameters.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("properties").GetProperty("recollect_id").GetString()!)];
}
