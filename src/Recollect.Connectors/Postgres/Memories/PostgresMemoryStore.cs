using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Recollect.Conversations;
using Recollect.Ingest.Sources.Tables;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Keeps memories in the schema <c>recollect</c> of a PostgreSQL database and finds them by vector and by words.</summary>
internal sealed class PostgresMemoryStore : IMemoryStore, ILexicalSearch, IUserDirectory, IMemoryGrowth, IConversationMemories, IAsyncDisposable, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "postgres";

    private const int PageOfRows = 1_000;
    private const int RecordsOfACall = 32; // each may hold a long conversation

    private static readonly PostgresUse Use = new()
    {
        Section = PostgresMemoryOptions.SectionName,
        Fail = static (message, isTransient, cause) => new MemoryStoreException(message, isTransient, cause),
        RightsAdvice = "GRANT CREATE ON DATABASE to it, or let a user who may create the schema run `recollect doctor` once, and GRANT USAGE on the schema recollect and SELECT, INSERT, UPDATE, DELETE on its tables.",
        TypesAdvice = "Stores:Postgres:ConversationMemories needs a source that reads Sources:Tables of the same database, whose threads are the ids of conversations.",
        NamesAdvice = "Something of the schema recollect was removed by hand: restore it, or drop the whole schema and run `recollect backfill`.",
    };

    private readonly PostgresDatabase _database;
    private readonly VectorExtension _vectors;
    private readonly ConversationTable _documents;

    /// <summary>Initializes a new instance of the <see cref="PostgresMemoryStore"/> class.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="tables">How the source's tables are called, beside which documents are kept.</param>
    public PostgresMemoryStore(IOptions<PostgresMemoryOptions> options, IOptions<TableOptions> tables)
    {
        _database = new(options.Value.ConnectionString, options.Value.CommandTimeout, Use, "memories", MemorySchema.Migrations);
        _vectors = new(_database);
        _documents = new(_database, tables.Value, options.Value.ConversationMemories);
    }

    /// <inheritdoc/>
    public string Name => StoreName;

    /// <inheritdoc/>
    public bool KeepsConversationMemories => _documents.KeepsConversationMemories;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        await _database.InitializeAsync(cancellationToken);
        await _vectors.LookAsync(cancellationToken);
        await _documents.InitializeAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryHeader>> GetHeadersAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        string[] ids = [.. threads.Select(thread => thread.Id).Distinct(StringComparer.Ordinal)];
        return ids.Length == 0 ? [] : await ListAsync(
            $"SELECT {MemoryRows.HeaderColumns} FROM recollect.memories WHERE thread_id = ANY($1)", command => command.With(ids), MemoryRows.Header, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryHeader> GetHeadersOfSourceAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var page = new List<(MemoryHeader Header, long Key)>();
        do
        {
            var after = page.Count == 0 ? 0 : page[^1].Key;
            page = await ListAsync(
                $"SELECT {MemoryRows.HeaderColumns}, key FROM recollect.memories WHERE source = $1 AND key > $2 ORDER BY key LIMIT {PageOfRows}",
                command => command.With(source).With(after, NpgsqlDbType.Bigint),
                static row => (MemoryRows.Header(row), row.GetInt64(7)),
                cancellationToken);
            foreach (var (header, _) in page)
            {
                yield return header;
            }
        }
        while (page.Count == PageOfRows);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryRecord>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string[] different = [.. ids.Distinct(StringComparer.Ordinal)];
        return different.Length == 0 ? [] : await _database.ReadAsync((connection, token) => MemoryRows.ReadAsync(connection, different, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask UpsertAsync(MemoryRecord record, IReadOnlyCollection<string> superseded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(superseded);
        string[] others = [.. superseded.Where(id => !string.Equals(id, record.Memory.Id, StringComparison.Ordinal))];
        await _documents.InitializeAsync(cancellationToken);
        await _database.WriteAsync(async (connection, token) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            MemoryWriter.AddUpsert(batch, record, others);
            _documents.AddUpsert(batch, record.Memory);
            if (others.Length > 0)
            {
                _documents.AddDelete(batch, others);
                batch.Add(MemoryWriter.Delete).With(others);
            }

            return await batch.ExecuteNonQueryAsync(token);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0)
        {
            return 0;
        }

        await _documents.InitializeAsync(cancellationToken);
        return await _database.WriteAsync(async (connection, token) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            _documents.AddDelete(batch, ids);
            batch.Add(MemoryWriter.Delete).With(ids);
            await batch.ExecuteNonQueryAsync(token);
            return batch.BatchCommands[^1].RecordsAffected;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ForgetCounts> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(user);
        await _documents.InitializeAsync(cancellationToken);
        var counts = await _database.WriteAsync((connection, token) => MemoryForgetter.ForgetAsync(connection, _documents, tenant, user, token), cancellationToken);
        await _database.ReadAsync(MemoryForgetter.VacuumAsync, CancellationToken.None); // what is removed must also leave the indexes
        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask<ForgetCounts> ForgetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        await _documents.InitializeAsync(cancellationToken);
        var counts = await _database.WriteAsync((connection, token) => MemoryForgetter.ForgetAsync(connection, _documents, ids, token), cancellationToken);
        await _database.ReadAsync(MemoryForgetter.VacuumAsync, CancellationToken.None);
        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(Visibility visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (OwnerKeys.Of(visibility) is not { } key || vector.IsEmpty)
        {
            return [];
        }

        var state = await _vectors.StateAsync(cancellationToken);
        return await _database.ReadAsync(
            async (connection, token) =>
            {
                if (state.Schema is not { } schema)
                {
                    return await VectorSearch.ScanAsync(connection, key, vector, top, token);
                }

                var near = state.Indexes.Contains(VectorIndex.NameOf(key, vector.Length)) ? await VectorSearch.AskIndexAsync(connection, schema, key, vector, top, token) : [];
                return near.Count == top ? near : await VectorSearch.AskAsync(connection, schema, key, vector, top, token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<MessageCandidates> SearchMessagesAsync(
        Visibility visibility, IReadOnlyList<string> terms, int top, int neighbours, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbours);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, ILexicalSearch.MostNeighbours);
        if (OwnerKeys.Of(visibility) is not { } key)
        {
            return MessageCandidates.None;
        }

        var words = IndexTerms.Queries(terms, OwnerKeys.MarkOf(key));
        var rows = await AskAsync(
            LexicalQueries.Messages(words.Length),
            key,
            words,
            [top, neighbours],
            static row => (Searched: row.GetInt64(0), Found: row.IsDBNull(1) ? null : new MessageCandidate(row.Text(1), row.GetInt32(2), MemoryRows.Message(row, 3))),
            cancellationToken);
        return new(rows[0].Searched, [.. rows.Select(row => row.Found).OfType<MessageCandidate>()]);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LexicalMatch>> SearchMemoriesAsync(
        Visibility visibility, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (OwnerKeys.Of(visibility) is not { } key)
        {
            return [];
        }

        var words = IndexTerms.Queries(terms, OwnerKeys.MarkOf(key));
        return words.Length == 0 ? [] : await AskAsync(
            LexicalQueries.Memories(words.Length), key, words, [top], static row => new LexicalMatch(row.Text(0), row.GetDouble(1)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemorySummary>> ListAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return OwnerKeys.Of(visibility) is not { } key ? [] : await ListAsync(
            MemoryRows.Listed,
            command => command.With(key).With(after?.EndedAt.UtcTicks ?? long.MaxValue, NpgsqlDbType.Bigint).With(after?.Id ?? string.Empty).With(top),
            MemoryRows.Summary,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryRecord> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = string.Empty; last is not null;)
        {
            var after = last;
            var ids = await ListAsync(
                $"SELECT id FROM recollect.memories WHERE id > $1 ORDER BY id LIMIT {PageOfRows}", command => command.With(after), static row => row.Text(0), cancellationToken);
            foreach (var some in ids.Chunk(RecordsOfACall))
            {
                foreach (var record in await GetAsync(some, cancellationToken))
                {
                    yield return record;
                }
            }

            last = ids.Count == 0 ? null : ids[^1];
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<UserMemories>> ListUsersAsync(string tenant, ScopeFilter scopes, string? after, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await ListAsync(
            "SELECT tenant, user_id, count(*) FROM recollect.memories WHERE tenant = $1 AND user_id > $2 AND (scope = ANY($4)) <> $5 GROUP BY tenant, user_id ORDER BY user_id LIMIT $3",
            command => command.With(tenant).With(after ?? string.Empty).With(top).With(scopes.Names).With(scopes.IsAllBut, NpgsqlDbType.Boolean),
            static row => new UserMemories(row.Text(0), row.Text(1), row.GetInt64(2)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<(DateTimeOffset First, DateTimeOffset Last)?> GetSpanAsync(CancellationToken cancellationToken)
    {
        var spans = await ListAsync(
            "SELECT min(ended_at), max(ended_at) FROM recollect.memories HAVING count(*) > 0",
            static command => command,
            static row => (row.Instant(0), row.Instant(1)),
            cancellationToken);
        return spans is [var span] ? span : null;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> CountBetweenAsync(IReadOnlyList<DateTimeOffset> borders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(borders);
        var counts = new long[Math.Max(0, borders.Count - 1)];
        if (counts.Length > 0)
        {
            long[] ticks = [.. borders.Select(border => border.UtcTicks)];
            foreach (var (period, count) in await ListAsync(MemoryCounts.Between, command => command.With(ticks, NpgsqlDbType.Array | NpgsqlDbType.Bigint).With(ticks[0], NpgsqlDbType.Bigint).With(ticks[^1], NpgsqlDbType.Bigint), static row => (row.GetInt32(0), row.GetInt64(1)), cancellationToken))
            {
                counts[period - 1] = count;
            }
        }

        return counts;
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => _database.ReadAsync(MemoryCounts.ReadAsync, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InitializeAsync(cancellationToken);
            return await new MemoryDoctor(_database, _vectors).DiagnoseAsync(cancellationToken);
        }
        catch (MemoryStoreException ex)
        {
            return new(Healthy: false, ex.Message);
        }
    }

    /// <inheritdoc/>
    ValueTask<ConversationMemory?> IConversationMemories.UpsertAsync(string conversationId, string json, CancellationToken cancellationToken) =>
        _documents.UpsertAsync(conversationId, json, cancellationToken);

    /// <inheritdoc/>
    ValueTask<ConversationMemory?> IConversationMemories.GetAsync(string conversationId, CancellationToken cancellationToken) =>
        _documents.GetAsync(conversationId, cancellationToken);

    /// <inheritdoc/>
    ValueTask<IReadOnlyList<ConversationMemory>> IConversationMemories.ListOfUserAsync(string user, CancellationToken cancellationToken) =>
        _documents.ListOfUserAsync(user, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private ValueTask<List<T>> ListAsync<T>(string statement, Func<NpgsqlBatchCommand, NpgsqlBatchCommand> fill, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async (connection, token) =>
            {
                await using var batch = new NpgsqlBatch(connection);
                fill(batch.Add(statement));
                return await batch.ListAsync(read, token);
            },
            cancellationToken);

    private ValueTask<List<T>> AskAsync<T>(string statement, Guid visibility, string[] words, int[] numbers, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                await using var batch = new NpgsqlBatch(connection, transaction);
                batch.Add("SET LOCAL jit = off"); // to compile the search would take longer than to do it
                batch.Add("SET LOCAL max_parallel_workers_per_gather = 0"); // likewise
                var command = batch.Add(statement).With(visibility).With(words);
                foreach (var number in numbers)
                {
                    command.With(number);
                }

                return await batch.ListAsync(read, token);
            },
            cancellationToken);
}
