using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Recollect.Conformance;
using Recollect.Connectors.Neo4j;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Neo4j;

/// <summary>Programs that read the nodes of the ETL before can read ours.</summary>
public sealed class NodeShapeTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Neo4jStores _stores = null!;

    public async ValueTask InitializeAsync() => _stores = await Neo4jStores.StartAsync();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    /// <summary>Makes the memory that the verbatim writer makes of a conversation.</summary>
    internal static MemoryRecord RecordOf(Conversation conversation) => new()
    {
        Memory = new()
        {
            Id = conversation.Id,
            Thread = conversation.Thread,
            StartedAt = conversation.StartedAt,
            EndedAt = conversation.EndedAt,
            Summary = string.Empty,
            Content = string.Join('\n', conversation.Messages.Select(message => $"[{message.Role}]: {message.Text}")),
            Facts = [],
            Topics = ["project", "budget"],
            Citations = [new() { MessageId = "m1" }],
            MessageIds = [.. conversation.Messages.Select(message => message.Id)],
            Fingerprint = new() { ContentHash = conversation.ContentHash, SourceUpdatedAt = conversation.SourceUpdatedAt, MadeBy = "verbatim/1" },
        },
        Messages = conversation.Messages,
        Chunks = [new() { Index = 0, FirstMessage = 0, LastMessage = conversation.Messages.Count - 1, Vector = MemoryRecords.Vector(conversation.Thread.Thread) }],
        Vector = MemoryRecords.Vector(conversation.Thread.Thread),
    };

    [Fact]
    public async Task A_node_has_every_property_that_the_ETL_before_wrote_with_the_same_value()
    {
        var talk = EtlNodeJson.Talk("377");
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(RecordOf(talk), [], None);

        var (expected, actual) = (EtlNodeJson.Node(talk), Assert.Single(_stores.Stub.Graph.Nodes));
        foreach (var name in expected.Names.Except(["timestamp", "created_at", "updated_at", "embedding"], StringComparer.Ordinal))
        {
            Assert.Equal(expected[name].GetRawText(), actual[name].GetRawText());
        }

        Assert.Equal(expected.Vector("embedding").Select(value => (float)value), actual.Vector("embedding").Select(value => (float)value));
        Assert.Equal("2025-12-14T11:22:51.1230000Z", actual.Text("timestamp"));
        Assert.All(actual.Names.Except(expected.Names, StringComparer.Ordinal), name => Assert.StartsWith("recollect_", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hash_is_right_where_text_is_not_kept()
    {
        var talk = EtlNodeJson.Talk("377");
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(RecordOf(talk) with { Messages = [], EtlHash = talk.EtlHash }, [], None);
        Assert.Equal(talk.EtlHash, Assert.Single(_stores.Stub.Graph.Nodes).Text("message_hash"));
    }

    [Fact]
    public async Task Only_conversations_of_the_one_source_have_their_plain_id_as_session()
    {
        var talk = EtlNodeJson.Talk("377");
        ThreadKey[] others =
        [
            talk.Thread with { Source = "files" },
            talk.Thread with { Owner = new() { User = "1", Tenant = "t2" } },
            talk.Thread with { Owner = new() { User = "1", Scope = "ministry" } },
            talk.Thread with { Workspace = "w" },
            talk.Thread with { Session = "s" },
            talk.Thread with { Thread = new string('a', 32) }, // could be the id of another memory
        ];
        Assert.Equal("377", Connectors.Neo4j.Sessions.Of(RecordOf(talk).Memory, "supabase"));
        Assert.All(others.Select(thread => Conversation.Given(thread, talk.Messages)), other => Assert.Equal(other.Id, Connectors.Neo4j.Sessions.Of(RecordOf(other).Memory, "supabase")));
        var byGap = Conversation.FromRun(talk.Thread, talk.Messages);
        Assert.Equal(byGap.Id, Connectors.Neo4j.Sessions.Of(RecordOf(byGap).Memory, "supabase"));

        var store = await _stores.CreateAsync();
        foreach (var conversation in others.Select(thread => Conversation.Given(thread, talk.Messages)).Append(talk).Append(byGap))
        {
            await store.UpsertAsync(RecordOf(conversation), [], None);
        }

        Assert.Equal(8, _stores.Stub.Graph.Nodes.Count);
    }

    [Fact]
    public async Task A_zero_vector_is_refused_and_nothing_is_stored()
    {
        var store = await _stores.CreateAsync();
        var zero = MemoryRecords.Of("a", vectors: [new float[8]]);
        var failure = await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.UpsertAsync(zero, [], None));
        Assert.False(failure.IsTransient);
        Assert.Empty(_stores.Stub.Graph.Nodes);
        Assert.Empty(await store.SearchAsync(Visibility.Of(new() { User = "u1" }), new float[8], 5, None));
    }

    [Fact]
    public async Task Other_properties_of_a_node_stay()
    {
        var store = await _stores.CreateAsync();
        await store.UpsertAsync(MemoryRecords.Of("a"), [], None);
        _stores.Stub.Graph.Nodes[0].Set("confidence", System.Text.Json.JsonDocument.Parse("0.5").RootElement);
        await store.UpsertAsync(MemoryRecords.Of("a", summary: "Another."), [], None);
        Assert.Equal("0.5", _stores.Stub.Graph.Nodes[0].Text("confidence"));
    }

    [Fact]
    public void A_number_is_written_with_a_decimal_point_and_read_as_the_same()
    {
        Assert.Equal(["0.0", "-0.0", "1.0", "0.1", "1.0E-05", "3.4028235E+38", "1.0E-45"], new[] { 0f, -0f, 1f, 0.1f, 1e-5f, float.MaxValue, float.Epsilon }.Select(Written), StringComparer.Ordinal);
        Prop.ForAll<float>(value => !float.IsFinite(value) || (Written(value).Contains('.', StringComparison.Ordinal) && float.Parse(Written(value), CultureInfo.InvariantCulture).Equals(value))).QuickCheckThrowOnFailure();
    }

    private static string Written(float value)
    {
        var digits = new byte[FloatDigits.MaxLength];
        return System.Text.Encoding.ASCII.GetString(digits, 0, FloatDigits.Write(value, digits));
    }
}
