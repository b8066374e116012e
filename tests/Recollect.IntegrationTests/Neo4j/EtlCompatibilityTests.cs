using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Recollect.Conversations;
using Recollect.Ingest.Changes;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>What the ETL before wrote is taken over as it is.</summary>
public sealed class EtlCompatibilityTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Neo4jStores _stores = null!;

    public async ValueTask InitializeAsync() => _stores = await Neo4jStores.StartAsync();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_conversation_that_it_made_and_that_has_not_changed_is_not_made_again()
    {
        var talk = EtlNodeJson.Talk("377");
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(talk));
        Assert.Equal(ChangeKind.Unchanged, await CompareAsync(await _stores.CreateAsync(), talk));
    }

    [Theory]
    [InlineData("other text", false, false)]
    [InlineData("Noted.", true, false)]
    [InlineData("Noted.", false, true)]
    public async Task One_with_other_text_a_zero_vector_or_other_dimensions_is_made_again(string lastText, bool isZero, bool isShort)
    {
        var talk = EtlNodeJson.Talk("377");
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(talk, isZero ? new float[MemoryRecords.Dimensions] : isShort ? [1, 0] : null));
        Assert.Equal(ChangeKind.Changed, await CompareAsync(await _stores.CreateAsync(), EtlNodeJson.Talk("377", lastText: lastText)));
    }

    [Fact]
    public async Task Its_memories_are_found_read_and_counted()
    {
        var talk = EtlNodeJson.Talk("377");
        float[] twice = [.. MemoryRecords.Vector("q").Select(value => 2 * value)]; // its means are of no unit length
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(talk, twice));
        var store = await _stores.CreateAsync();

        var match = Assert.Single(await store.SearchAsync(talk.Owner.Visibility, MemoryRecords.Vector("q"), 5, None));
        Assert.Equal((talk.Id, 0, 2), (match.MemoryId, match.FirstMessage, match.LastMessage));
        Assert.Equal(1, match.Similarity, tolerance: 0.00001);
        Assert.Empty(await store.SearchAsync(Visibility.Of(new() { User = "2" }), MemoryRecords.Vector("q"), 5, None));

        var record = Assert.Single(await store.GetAsync([match.MemoryId], None));
        Assert.Equal((talk.Thread.Id, "memory-etl"), (record.Memory.Thread.Id, record.Memory.Fingerprint.MadeBy));
        Assert.StartsWith("[user]: What is the budget", record.Memory.Content, StringComparison.Ordinal);
        Assert.Equal(["project", "budget"], record.Memory.Topics);
        Assert.Empty(record.Memory.MessageIds);
        Assert.Equal(1, record.Vector.ToArray().Sum(value => value * value), tolerance: 0.0001);

        var statistics = await store.GetStatisticsAsync(None);
        Assert.Equal((1, 0, 1, 1), (statistics.Memories, statistics.Messages, statistics.Chunks, statistics.Users));
        Assert.Empty(await ListAsync(store.ExportAsync(None))); // an archive names messages, and these have none
    }

    [Fact]
    public async Task A_changed_conversation_takes_the_place_of_its_node()
    {
        var talk = EtlNodeJson.Talk("377");
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(talk));
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(NodeShapeTests.RecordOf(EtlNodeJson.Talk("377", lastText: "Changed.")), [], None);

        var node = Assert.Single(_stores.Stub.Graph.Nodes);
        Assert.Equal(("377", "2025-12-14T12:00:00Z"), (node.Text("source_session"), node.Text("created_at")));
        Assert.Contains("Changed.", node.Text("content"), StringComparison.Ordinal);
        Assert.Equal(talk.Id, Assert.Single(await ListAsync(store.ExportAsync(None))).Memory.Id);
    }

    [Fact]
    public async Task Its_memories_are_forgotten_even_those_that_came_since()
    {
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(EtlNodeJson.Talk("1")));
        var store = await _stores.CreateAsync();
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(EtlNodeJson.Talk("2")));
        _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(EtlNodeJson.Talk("3", user: "2")));

        Assert.Equal(2, (await store.ForgetAsync(Owner.DefaultTenant, "1", None)).Memories);
        Assert.Equal("3", Assert.Single(_stores.Stub.Graph.Nodes).Text("source_session"));
    }

    [Fact]
    public async Task Taking_over_changes_none_of_its_properties_and_reaches_every_node()
    {
        for (var number = 0; number < 250; number++)
        {
            _stores.Stub.Graph.Nodes.Add(EtlNodeJson.Node(EtlNodeJson.Talk($"c{number}")));
        }

        var before = _stores.Stub.Graph.Nodes.ConvertAll(node => node.Names.Select(name => (name, node[name].GetRawText())).ToArray());
        var store = await _stores.CreateAsync();
        Assert.Equal(250, (await store.GetStatisticsAsync(None)).Memories);
        Assert.All(before.Zip(_stores.Stub.Graph.Nodes), pair => Assert.All(pair.First, property => Assert.Equal(property.Item2, pair.Second[property.name].GetRawText())));
    }

    [Fact]
    public async Task A_memory_that_it_wrote_over_is_taken_over_again()
    {
        var first = await _stores.CreateAsync();
        await first.UpsertAsync(NodeShapeTests.RecordOf(EtlNodeJson.Talk("377")), [], None);
        var grown = EtlNodeJson.Talk("377", lastText: "And another thing.");
        var written = EtlNodeJson.Node(grown);
        foreach (var name in written.Names)
        {
            _stores.Stub.Graph.Nodes[0].Set(name, written[name]);
        }

        Assert.Equal(ChangeKind.Unchanged, await CompareAsync(await _stores.CreateAsync(), grown));
    }

    [Fact]
    public async Task Curated_nodes_are_left_alone()
    {
        _stores.Stub.Graph.Nodes.Add(Stub.StubNode.Of("""{"scope":"ministry","key":"strategy","content":"x","confidence":0.9}"""));
        var store = await _stores.CreateAsync();
        Assert.Equal(0, (await store.GetStatisticsAsync(None)).Memories);
        Assert.Equal(["confidence", "content", "key", "scope"], Assert.Single(_stores.Stub.Graph.Nodes).Names, StringComparer.Ordinal);
    }

    private static async Task<ChangeKind> CompareAsync(Neo4jMemoryStore store, Conversation conversation) =>
        ChangeDetector.Compare(conversation, new ThreadMemories(await store.GetHeadersAsync([conversation.Thread], None)), "verbatim/1").Kind;

    private static async Task<List<MemoryRecord>> ListAsync(IAsyncEnumerable<MemoryRecord> records)
    {
        var list = new List<MemoryRecord>();
        await foreach (var record in records)
        {
            list.Add(record);
        }

        return list;
    }
}
