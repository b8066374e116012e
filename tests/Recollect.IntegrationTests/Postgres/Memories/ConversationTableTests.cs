using System.Globalization;
using System.Text.Json;
using Npgsql;
using Recollect.Conformance;
using Recollect.Connectors.Postgres.Memories;
using Recollect.Conversations;
using Recollect.Ingest.Sources.Tables;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

/// <summary>One JSON document of each conversation beside the tables of the backend.</summary>
[Collection(PostgresTests.Name)]
public sealed class ConversationTableTests(PostgresServer server) : IAsyncLifetime
{
    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);
    private NpgsqlConnectionStringBuilder _database = null!;
    private NpgsqlDataSource _administrator = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _administrator = NpgsqlDataSource.Create(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _stores.DisposeAsync();
        await _administrator.DisposeAsync();
    }

    [Theory]
    [InlineData("integer", "1", "2", "abc")]
    [InlineData("bigint", "9007199254740993", "2", "99999999999999999999")]
    [InlineData("uuid", "11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-555555555556", "1")]
    [InlineData("text", "o'Brien \"%\"", "two", "three")]
    public async Task It_is_made_with_the_type_of_the_ids_and_goes_with_its_conversation(string type, string one, string two, string unknown)
    {
        var documents = await OpenAsync(type, one, two);

        var first = await documents.UpsertAsync(one, """{"a": 1}""", Token);
        await documents.UpsertAsync(two, """{"b": 2}""", Token);

        Assert.Equal((one, """{"a": 1}"""), (first!.ConversationId, first.Json));
        Assert.Equal(first, await documents.GetAsync(one, Token));
        Assert.Null(await documents.UpsertAsync(unknown, "{}", Token));
        Assert.Null(await documents.GetAsync(unknown, Token));
        Assert.Equal([one], (await documents.ListOfUserAsync("7", Token)).Select(document => document.ConversationId), StringComparer.Ordinal);
        Assert.Empty(await documents.ListOfUserAsync("nobody", Token));
        await ExecuteAsync("DELETE FROM conversations WHERE user_id = 7");
        Assert.Null(await documents.GetAsync(one, Token));
        Assert.Equal(type, await ValueAsync("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'conversation_memories'::regclass AND attname = 'conversation_id'"));
    }

    [Fact]
    public async Task Of_fifty_writings_at_once_the_last_stands_whole_and_the_number_stays()
    {
        var documents = await OpenAsync();
        var before = await documents.UpsertAsync("1", """{"writer": -1, "again": -1}""", Token);

        var written = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
            await documents.UpsertAsync("1", string.Create(CultureInfo.InvariantCulture, $$"""{"writer": {{number}}, "text": "{{new string('x', 5_000)}}", "again": {{number}}}"""), Token)));

        var stands = (await documents.GetAsync("1", Token))!;
        Assert.All(written, document => Assert.Equal(before!.Id, document!.Id));
        Assert.Contains(stands, written);
        Assert.All(written, document => Assert.Equal(Numbers(document!).Writer, Numbers(document!).Again));
        Assert.Equal("1", await ValueAsync("SELECT count(*)::text FROM conversation_memories"));
    }

    [Fact]
    public async Task A_memory_writes_its_data_and_removing_it_removes_the_row()
    {
        var store = await StoreAsync();
        IConversationMemories documents = store;
        var record = Of("a", "1", """{"mood": "good", "nul": "\u0000", "half": "\ud800"}""");
        await store.UpsertAsync(record, [], Token);
        var written = (await documents.GetAsync("1", Token))!;
        Assert.Equal("good", JsonDocument.Parse(written.Json).RootElement.GetProperty("mood").GetString());
        Assert.Equal("\uFFFD", JsonDocument.Parse(written.Json).RootElement.GetProperty("half").GetString());
        MemoryRecordAssert.Same(record, Assert.Single(await store.GetAsync([record.Memory.Id], Token)));

        await store.UpsertAsync(Of("b", "1", """{"mood": "better"}"""), [record.Memory.Id], Token); // the same conversation under another id
        var again = (await documents.GetAsync("1", Token))!;
        Assert.Equal(written.Id, again.Id);
        Assert.Equal("""{"mood": "better"}""", again.Json);

        Assert.Equal(1, await store.DeleteAsync([MemoryRecords.IdOf("b"), "unknown"], Token));
        Assert.Null(await documents.GetAsync("1", Token));
    }

    [Fact]
    public async Task A_memory_without_data_writes_summary_topics_and_facts()
    {
        var store = await StoreAsync();
        var record = Of("a", "1", data: null);
        var fact = new Fact { Text = "An otter swims.", Kind = "statement", Citations = [new() { MessageId = "m0", Quote = "Question" }] };
        await store.UpsertAsync(record with { Memory = record.Memory with { Summary = "Otters.", Topics = ["otters"], Facts = [fact] } }, [], Token);

        var written = JsonDocument.Parse((await ((IConversationMemories)store).GetAsync("1", Token))!.Json).RootElement;

        Assert.Equal("Otters.", written.GetProperty("summary").GetString());
        Assert.Equal("otters", written.GetProperty("topics")[0].GetString());
        Assert.Equal("m0", written.GetProperty("facts")[0].GetProperty("citations")[0].GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task Forgetting_a_user_removes_what_others_posted_too()
    {
        var store = await StoreAsync();
        IConversationMemories documents = store;
        await ExecuteAsync("INSERT INTO conversations VALUES (3, 7, 'three', now()), (4, NULL, 'four', now())");
        await store.UpsertAsync(Of("a", "1", "{}"), [], Token);
        foreach (var id in new[] { "2", "3", "4" })
        {
            await documents.UpsertAsync(id, "{}", Token);
        }

        Assert.Equal(1, (await store.ForgetAsync(Owner.DefaultTenant, "7", Token)).Memories);

        Assert.Equal("2,4", await ValueAsync("SELECT string_agg(conversation_id::text, ',' ORDER BY 1) FROM conversation_memories"));
        await store.ForgetAsync("another", "8", Token);
        await store.ForgetAsync(Owner.DefaultTenant, Owner.DefaultUser, Token);
        Assert.Equal("2", await ValueAsync("SELECT string_agg(conversation_id::text, ',' ORDER BY 1) FROM conversation_memories"));
    }

    [Fact]
    public async Task A_table_that_is_there_is_used_as_it_is()
    {
        await ExecuteAsync(Backend("int", "1", "2"));
        await ExecuteAsync("""
            CREATE TABLE conversation_memories(id serial PRIMARY KEY, conversation_id int UNIQUE NOT NULL REFERENCES conversations ON DELETE CASCADE, memory_data json NOT NULL,
                created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
            INSERT INTO conversation_memories(conversation_id, memory_data, updated_at) VALUES (1, '{"old": true}', '2020-01-01');
            """);
        var store = _stores.Open(_database, options => options.ConversationMemories = true);
        await store.InitializeAsync(Token);
        IConversationMemories documents = store;

        var before = (await documents.GetAsync("1", Token))!;
        await store.UpsertAsync(Of("a", "1", """{"new": true}"""), [], Token);
        var after = (await documents.GetAsync("1", Token))!;

        Assert.Equal((before.Id, """{"new":true}"""), (after.Id, after.Json));
        Assert.True(after.UpdatedAt > before.UpdatedAt);
    }

    [Fact]
    public async Task A_conversation_that_is_gone_costs_no_memory()
    {
        var store = await StoreAsync();

        await store.UpsertAsync(Of("a", "99", "{}"), [], Token);

        Assert.Single(await store.GetAsync([MemoryRecords.IdOf("a")], Token));
        Assert.Null(await ((IConversationMemories)store).GetAsync("99", Token));
    }

    [Fact]
    public async Task What_does_not_fit_is_said()
    {
        var missing = await Assert.ThrowsAsync<MemoryStoreException>(async () => await _stores.Open(_database, options => options.ConversationMemories = true).InitializeAsync(Token));
        Assert.Contains("has no conversations.id, to which conversation_memories refers. Correct the names under Sources:Tables", missing.Message, StringComparison.Ordinal);

        var store = await StoreAsync();
        var foreign = await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.UpsertAsync(Of("a", "a thread of a file", "{}"), [], Token));
        Assert.Contains("needs a source that reads Sources:Tables of the same database", foreign.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(async () => await ((IConversationMemories)store).UpsertAsync("1", "{", Token));

        IConversationMemories off = _stores.Open(_database);
        Assert.False(off.KeepsConversationMemories);
        Assert.Contains("set Stores:Postgres:ConversationMemories to true", (await Assert.ThrowsAsync<MemoryStoreException>(async () => await off.GetAsync("1", Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_may_be_a_view_with_names_of_its_own()
    {
        await ExecuteAsync("CREATE SCHEMA chat; CREATE TABLE chat.base(nr int PRIMARY KEY, who text); INSERT INTO chat.base VALUES (1, 'dana'); CREATE VIEW chat.talks AS SELECT * FROM chat.base;");
        var tables = new TableOptions { ConversationsTable = "chat.talks", ConversationId = "nr", UserId = "who" };
        var store = _stores.Open(_database, options => options.ConversationMemories = true, tables);
        IConversationMemories documents = store;

        Assert.NotNull(await documents.UpsertAsync("1", "{}", Token));
        Assert.Null(await documents.UpsertAsync("2", "{}", Token));
        Assert.Single(await documents.ListOfUserAsync("dana", Token));
    }

    private static MemoryRecord Of(string name, string conversation, string? data)
    {
        var record = MemoryRecords.Of(name, new Owner { User = "7" }, thread: conversation);
        return record with { Memory = record.Memory with { Data = data } };
    }

    private static (int Writer, int Again) Numbers(ConversationMemory document)
    {
        using var json = JsonDocument.Parse(document.Json);
        return (json.RootElement.GetProperty("writer").GetInt32(), json.RootElement.GetProperty("again").GetInt32());
    }

    private async Task<IConversationMemories> OpenAsync(string type = "int", string one = "1", string two = "2") => await StoreAsync(type, one, two);

    private async Task<PostgresMemoryStore> StoreAsync(string type = "int", string one = "1", string two = "2")
    {
        await ExecuteAsync(Backend(type, one, two));
        var store = _stores.Open(_database, options => options.ConversationMemories = true);
        await store.InitializeAsync(Token);
        return store;
    }

    private static string Backend(string type, string one, string two) =>
        $"""
        CREATE TABLE conversations(id {type} PRIMARY KEY, user_id int, title text, updated_at timestamptz);
        INSERT INTO conversations VALUES ({Quoted(one)}, 7, 'one', now()), ({Quoted(two)}, 8, 'two', now());
        """;

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private async Task ExecuteAsync(string statement)
    {
        await using var command = _administrator.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<string?> ValueAsync(string statement)
    {
        await using var command = _administrator.CreateCommand(statement);
        return await command.ExecuteScalarAsync(Token) as string;
    }
}
