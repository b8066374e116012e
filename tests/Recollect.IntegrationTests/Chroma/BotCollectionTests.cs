using System.Text.Json.Nodes;
using Recollect.Conformance;
using Recollect.Connectors.Chroma;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

/// <summary>What a bot before left in Chroma goes on to be recalled, and its shape is kept.</summary>
[Collection(ChromaTests.Name)]
public sealed class BotCollectionTests(ChromaServer server) : IAsyncLifetime
{
    private const string Chat = "972501234567@c.us";
    private const string Group = "120363043968066561@g.us";
    private const string RecordId = "0b1c7c0e-8f3a-4f6e-9d0e-3a1f7f6f2f11";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ChromaStores _stores = new(server);
    private ChromaMemoryStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await _stores.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _stores.Dispose();
        return default;
    }

    [Theory]
    [InlineData(Chat, "memory_972501234567")]
    [InlineData(Group, "memory_120363043968066561_at_g.us")]
    public async Task A_record_of_a_bot_before_is_recalled_as_a_memory_without_citations(string chat, string name)
    {
        await AddAsync(name, [3, 4, 0, 0, 0, 0, 0, 0], chat);
        var visibility = Visibility.Of(new() { User = chat });

        var match = Assert.Single(await _store.SearchAsync(visibility, new float[] { 1, 0, 0, 0, 0, 0, 0, 0 }, 5, None));
        Assert.Equal(($"{name}:{RecordId}", 0.6, 0, 11), (match.MemoryId, Math.Round(match.Similarity, 5), match.FirstMessage, match.LastMessage));
        var record = Assert.Single(await _stores.Open().GetAsync([match.MemoryId], None)); // as another process reads it
        Assert.Equal((chat, "Dana moved to Haifa.", "s1"), (record.Memory.Owner.User, record.Memory.Summary, record.Memory.Thread.Thread));
        Assert.Equal(new DateTimeOffset(2026, 1, 20, 14, 40, 0, TimeSpan.Zero), record.Memory.EndedAt);
        Assert.Empty(record.Memory.Citations);
        Assert.Equal(match.MemoryId, Assert.Single(await _store.ListAsync(visibility, after: null, 5, None)).Id);
        Assert.Empty(await _store.SearchAsync(Visibility.Of(new() { User = "972500000000@c.us" }), new float[] { 1, 0, 0, 0, 0, 0, 0, 0 }, 5, None));
    }

    [Fact]
    public async Task Recall_brings_both_kinds_together()
    {
        var owner = new Owner { User = Chat };
        var embedder = new HashEmbedder { First = static (_, _) => [[1, 0, 0, 0, 0, 0, 0, 0]] };
        await AddAsync("memory_972501234567", [3, 4, 0, 0, 0, 0, 0, 0], Chat);
        await _store.UpsertAsync(MemoryRecords.Of("ours", owner, vectors: [[0.8f, 0.6f, 0, 0, 0, 0, 0, 0]]), [], None);
        var recalled = await new RecallEngine(_store, embedder).RecallAsync(new() { Owner = owner, Text = "where does Dana live?", Top = 5 }, None);
        Assert.Equal([MemoryRecords.IdOf("ours"), $"memory_972501234567:{RecordId}"], recalled.Select(memory => memory.Memory.Id), StringComparer.Ordinal);
        Assert.Equal([0.8, 0.6], recalled.Select(memory => Math.Round(memory.Similarity!.Value, 5)));
        Assert.True((await _store.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task It_is_removed_by_id_and_forgotten_with_its_user()
    {
        await AddAsync("memory_972501234567", [1, 0, 0, 0, 0, 0, 0, 0], Chat);
        Assert.Equal(1, await _store.DeleteAsync([$"memory_972501234567:{RecordId}", "memory_972501234567:unknown", "memory_1:unknown"], None));
        await AddAsync("memory_972501234567", [1, 0, 0, 0, 0, 0, 0, 0], Chat);
        Assert.Equal(new ForgetCounts(1, 0, 1, new DateTimeOffset(2026, 1, 20, 14, 40, 0, TimeSpan.Zero)), await _store.ForgetAsync(Owner.DefaultTenant, Chat, None));
        Assert.Equal(0, (await server.CallAsync(HttpMethod.Get, _stores.Database, string.Empty)).GetArrayLength());
    }

    [Fact]
    public async Task Texts_and_times_of_any_kind_are_read()
    {
        var id = await server.CreateCollectionAsync(_stores.Database, "memory_972501234567");
        await server.CallAsync(HttpMethod.Post, _stores.Database, $"/{id}/add", new()
        {
            ["ids"] = new JsonArray("fallback", "bare", "odd"),
            ["embeddings"] = new JsonArray(Vector([1, 0]), Vector([0, 1]), Vector([0, 0])),
            ["documents"] = new JsonArray("user: hello", null, "odd"),
            ["metadatas"] = new JsonArray(
                new JsonObject { ["type"] = "session_summary_fallback", ["summarization_failed"] = true, ["created_at"] = "2026-08-20T16:40:00+03:00" },
                null,
                new JsonObject { ["type"] = 7, ["session_end"] = "yesterday", ["session_start"] = true, ["message_count"] = "many", ["session_id"] = 3 }),
        });
        var records = await _store.GetAsync(["memory_972501234567:fallback", "memory_972501234567:bare", "memory_972501234567:odd"], None);
        var fallback = records.Single(record => record.Memory.Id.EndsWith("fallback", StringComparison.Ordinal)).Memory;
        Assert.Equal(("", "user: hello", new DateTimeOffset(2026, 8, 20, 13, 40, 0, TimeSpan.Zero)), (fallback.Summary, fallback.Content, fallback.EndedAt));
        Assert.All(records.Select(record => record.Memory).Where(memory => memory != fallback), memory => Assert.Equal(DateTimeOffset.UnixEpoch, memory.EndedAt));
        Assert.Equal(3, (await _store.SearchAsync(Visibility.Of(new() { User = Chat }), new float[] { 1, 0 }, 5, None)).Count);
    }

    [Fact]
    public async Task Our_memories_have_the_metadata_of_bots_before_and_none_of_an_earlier_writing()
    {
        var record = MemoryRecords.Of("a", new() { User = Chat }, texts: ["1", "2", "3"], vectors: [MemoryRecords.Vector("x"), MemoryRecords.Vector("y"), MemoryRecords.Vector("z")]);
        await _store.UpsertAsync(record, [], None);
        await _store.UpsertAsync(
            MemoryRecords.Of("a", new() { User = Chat }) with
            {
                Memory = record.Memory with { Summary = string.Empty, Content = "user: hello", Fingerprint = record.Memory.Fingerprint with { MadeBy = "llm 1;openai/text-embedding-3-small/1536/7000;text" } },
            },
            [],
            None);

        var collection = await server.CallAsync(HttpMethod.Get, _stores.Database, "/memory_972501234567");
        var rows = await server.CallAsync(HttpMethod.Post, _stores.Database, $"/{collection.GetProperty("id").GetString()}/get", new() { ["include"] = new JsonArray("metadatas", "documents") });
        Assert.Equal("cosine", collection.GetProperty("configuration_json").GetProperty("hnsw").GetProperty("space").GetString());
        Assert.Equal($"{record.Memory.Id}/0", Assert.Single(rows.GetProperty("ids").EnumerateArray()).GetString());
        Assert.Equal("user: hello", rows.GetProperty("documents")[0].GetString());
        var metadata = rows.GetProperty("metadatas")[0];
        Assert.Equal(
            ("session_summary_fallback", "t1", Chat, "2026-01-05T10:00:00.000000+00:00", "2026-01-05T10:02:00.000000+00:00", 3, true, "PRIVATE", "text-embedding-3-small"),
            (Text("type"), Text("session_id"), Text("whatsapp_chat"), Text("session_start"), Text("session_end"), metadata.GetProperty("message_count").GetInt32(),
             metadata.GetProperty("summarization_failed").GetBoolean(), Text("scope"), Text("embedding_model")));
        Assert.Equal(1, metadata.GetProperty("recollect_chunks").GetInt32());
        Assert.NotEmpty(Text("created_at"));

        string Text(string key) => metadata.GetProperty(key).GetString()!;
    }

    private static JsonArray Vector(float[] values) => [.. values.Select(value => (JsonNode)value)];

    private async Task AddAsync(string name, float[] vector, string chat)
    {
        var id = (await server.CallAsync(HttpMethod.Post, _stores.Database, string.Empty, new() { ["name"] = name, ["get_or_create"] = true, ["metadata"] = new JsonObject { ["hnsw:space"] = "cosine" } })).GetProperty("id").GetString();
        await server.CallAsync(HttpMethod.Post, _stores.Database, $"/{id}/add", new()
        {
            ["ids"] = new JsonArray(RecordId),
            ["embeddings"] = new JsonArray(Vector(vector)),
            ["documents"] = new JsonArray("Dana moved to Haifa."),
            ["metadatas"] = new JsonArray(new JsonObject
            {
                ["type"] = "session_summary",
                ["session_id"] = "s1",
                ["whatsapp_chat"] = chat,
                ["user_phone"] = chat,
                ["session_start"] = "2026-01-20T16:35:03.123456+02:00",
                ["session_end"] = "2026-01-20T16:40:00+02:00",
                ["message_count"] = 12,
                ["summarization_failed"] = false,
                ["created_at"] = "2026-01-21T16:40:00+00:00",
                ["scope"] = "PRIVATE",
            }),
        });
    }
}
