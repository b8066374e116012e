using System.Globalization;
using Npgsql;
using Recollect.Conformance;
using Recollect.Connectors.Postgres.Memories;
using Recollect.Conversations;
using Recollect.IntegrationTests.Servers;
using Recollect.Text;
using Xunit;

namespace Recollect.IntegrationTests.Postgres.Memories;

/// <summary>A search reads the rows of its own circle, however many others there are.</summary>
[Collection(PostgresTests.Name)]
public sealed class SearchPlanTests(PostgresServer server) : IAsyncDisposable
{
    private const int Others = 50_000;

    private static readonly Guid Mine = OwnerKeys.Of(Visibility.Of(new() { User = "u1" }))!.Value;

    private readonly PostgresMemoryStores _stores = new(server.CreateDatabaseAsync);

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Words_and_vectors_are_found_by_an_index_that_begins_with_whose_they_are()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database);
        await store.UpsertAsync(MemoryRecords.Of("mine", texts: ["sycamore tree"], summary: "sycamore"), [], TestContext.Current.CancellationToken);
        await using var source = NpgsqlDataSource.Create(database);
        await FillAsync(source);

        var words = IndexTerms.Queries([SearchText.Terms("sycamore")], OwnerKeys.MarkOf(Mine));
        var messages = await ExplainAsync(source, LexicalQueries.Messages(1), Mine, words, 10, 2);
        var memories = await ExplainAsync(source, LexicalQueries.Memories(1), Mine, words, 10);
        var vectors = await ExplainAsync(source, VectorSearch.Fetch, Mine, MemoryRecords.Dimensions);

        Assert.Contains("messages_words", messages, StringComparison.Ordinal);
        Assert.Contains("memories_words", memories, StringComparison.Ordinal);
        Assert.Contains("Index Cond: (visibility = ", vectors, StringComparison.Ordinal);
        Assert.All([messages, memories, vectors], plan => Assert.DoesNotContain("Seq Scan on", plan, StringComparison.Ordinal));
        Assert.All([messages, memories, vectors], plan => Assert.True(RowsRead(plan) < 100, plan));
    }

    [Fact]
    public async Task A_page_of_a_list_is_read_from_an_index_in_its_order()
    {
        var database = await server.CreateDatabaseAsync();
        var store = _stores.Open(database);
        await store.UpsertAsync(MemoryRecords.Of("mine"), [], TestContext.Current.CancellationToken);
        await using var source = NpgsqlDataSource.Create(database);
        await FillAsync(source, "'00000000-0000-0000-0000-000000000001'::uuid"); // all of one other circle

        await using var command = source.CreateCommand($"EXPLAIN (ANALYZE, TIMING OFF) {MemoryRows.Listed}");
        command.Parameters.Add(new() { Value = Guid.Parse("00000000-0000-0000-0000-000000000001") });
        command.Parameters.Add(new() { Value = (long)(Others / 2) });
        command.Parameters.Add(new() { Value = "other" });
        command.Parameters.Add(new() { Value = 51 });
        var plan = await LinesAsync(command);

        Assert.Contains("Index Scan Backward using memories_listed", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Rows Removed by Filter", plan, StringComparison.Ordinal);
        Assert.Equal(51, RowsRead(plan));
    }

    /// <summary>Adds as many users with a memory, a message and a chunk each, which hold the same words as mine.</summary>
    private static async Task FillAsync(NpgsqlDataSource source, string visibility = "md5(n::text)::uuid")
    {
        await using var command = source.CreateCommand($"""
            INSERT INTO recollect.memories(id, visibility, owner, tenant, user_id, scope, thread_id, source, thread, started_at, ended_at, content_hash, source_updated_at,
                made_by, summary, topics, facts, citations, terms, word_count, messages, message_words, chunks)
            SELECT 'other ' || n, {visibility}, md5('owner' || n)::uuid, 'default', 'other ' || n, 'personal', md5('thread' || n), 'files', 't', n, n, '', n,
                'extractive 1', 'sycamore', '[]', '[]', '[]', array_to_tsvector(ARRAY[left(md5(n::text), 8) || 'sycamor', left(md5(n::text), 8) || 'sycamore']), 2, 1, 2, 1
            FROM generate_series(1, {Others}) AS n;
            INSERT INTO recollect.messages(memory_key, position, visibility, id, role, sent_at, text, source_position, terms)
            SELECT key, 0, visibility, 'm0', 'user', started_at, 'sycamore tree', 0, terms FROM recollect.memories WHERE id LIKE 'other %';
            INSERT INTO recollect.chunks(memory_key, position, visibility, dimensions, first_message, last_message, vector)
            SELECT key, 0, visibility, {MemoryRecords.Dimensions}, 0, 0, array_fill(0.1::real, ARRAY[{MemoryRecords.Dimensions}]) FROM recollect.memories WHERE id LIKE 'other %';
            ANALYZE;
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> ExplainAsync(NpgsqlDataSource source, string statement, params object[] values)
    {
        await using var command = source.CreateCommand($"EXPLAIN (ANALYZE, TIMING OFF) {statement}");
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await LinesAsync(command);
    }

    private static async Task<string> LinesAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Gets the most rows that any step of a plan really gave.</summary>
    private static int RowsRead(string plan) => plan.Split("actual rows=").Skip(1)
        .Max(part => int.Parse(part[..part.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
}
