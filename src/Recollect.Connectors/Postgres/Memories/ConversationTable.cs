using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Recollect.Conversations;
using Recollect.Ingest.Sources.Tables;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>The table <c>conversation_memories</c>: one JSON document for each conversation of the source's tables.</summary>
/// <remarks>It lies where the search path leads, beside the source's tables. Ids go to the server as text, which it reads as the type of their column.</remarks>
internal sealed class ConversationTable : IConversationMemories
{
    private const string Row = "m.id::bigint, m.conversation_id::text, m.memory_data::text, m.updated_at";

    private const string Write =
        "ON CONFLICT (conversation_id) DO UPDATE SET memory_data = excluded.memory_data, updated_at = now()";

    private readonly PostgresDatabase _database;
    private readonly TableOptions _tables;
    private readonly ConversationTableSchema _schema;
    private readonly string _conversations;
    private readonly string _conversationId;

    /// <summary>Initializes a new instance of the <see cref="ConversationTable"/> class.</summary>
    /// <param name="database">The database.</param>
    /// <param name="tables">How the source's tables are called.</param>
    /// <param name="isOn">Whether the table is kept.</param>
    public ConversationTable(PostgresDatabase database, TableOptions tables, bool isOn)
    {
        (_database, _tables, KeepsConversationMemories) = (database, tables, isOn);
        _conversations = PostgresStatements.Quoted(TableName.Of(tables.ConversationsTable));
        _conversationId = PostgresStatements.Quoted(tables.ConversationId);
        _schema = new(database, tables);
    }

    /// <inheritdoc/>
    public bool KeepsConversationMemories { get; }

    private string Known => $"SELECT c.{_conversationId} AS id FROM {_conversations} AS c WHERE c.{_conversationId} = $1";

    /// <inheritdoc/>
    public async ValueTask<ConversationMemory?> UpsertAsync(string conversationId, string json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        var document = Checked(json);
        await ReadyAsync(cancellationToken);
        var isKnown = false;
        try
        {
            return await _database.WriteAsync(
                async (connection, token) =>
                {
                    await using var known = Command(connection, Known, conversationId);
                    isKnown = await known.ExecuteScalarAsync(token) is not null;
                    return isKnown ? await WriteAsync(connection, conversationId, document, token) : null;
                },
                cancellationToken);
        }
        catch (MemoryStoreException ex) when (ex.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } || (!isKnown && IsNoId(ex)))
        {
            return null; // removed meanwhile, or no id at all
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ConversationMemory?> GetAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        await ReadyAsync(cancellationToken);
        var found = await ListAsync($"SELECT {Row} FROM conversation_memories AS m WHERE m.conversation_id = $1", conversationId, cancellationToken);
        return found is [var memory] ? memory : null;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ConversationMemory>> ListOfUserAsync(string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await ReadyAsync(cancellationToken);
        if (_tables.UserId.Length == 0)
        {
            throw new MemoryStoreException($"{TableOptions.SectionName}:UserId is empty: which conversations a user has cannot be told.");
        }

        var list = $"SELECT {Row} FROM conversation_memories AS m JOIN {_conversations} AS c ON c.{_conversationId} = m.conversation_id WHERE c.{PostgresStatements.Quoted(_tables.UserId)} = $1 ORDER BY m.id";
        return await ListAsync(list, user, cancellationToken);
    }

    /// <summary>Creates the table where it is kept and not there.</summary>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => KeepsConversationMemories ? _schema.EnsureAsync(cancellationToken) : default;

    /// <summary>Adds what writes a memory's document, where its conversation is still there.</summary>
    public void AddUpsert(NpgsqlBatch batch, Memory memory)
    {
        if (KeepsConversationMemories)
        {
            batch.Add($"""
                WITH known AS ({Known}), written AS (
                    INSERT INTO conversation_memories AS m (conversation_id, memory_data) SELECT id, $2 FROM known {Write} RETURNING m.id)
                UPDATE recollect.memories SET conversation_memory = (SELECT id FROM written) WHERE id = $3
                """).With(ExactText.Encode(memory.Thread.Thread), NpgsqlDbType.Unknown).With(DocumentOf(memory), NpgsqlDbType.Unknown).With(memory.Id);
        }
    }

    /// <summary>Adds what removes the documents of memories that are about to be removed.</summary>
    public void AddDelete(NpgsqlBatch batch, IEnumerable<string> ids)
    {
        if (KeepsConversationMemories)
        {
            batch.Add(DeleteOf("id = ANY($1)")).With(ids);
        }
    }

    /// <summary>Adds what removes the documents of all memories of a user.</summary>
    public void AddForget(NpgsqlBatch batch, Guid owner)
    {
        if (KeepsConversationMemories)
        {
            batch.Add(DeleteOf("owner = $1")).With(owner);
        }
    }

    /// <summary>Adds what removes the documents of all conversations of a user, also those that others posted.</summary>
    public void AddForget(NpgsqlBatch batch, string tenant, string user)
    {
        if (KeepsConversationMemories && _tables.UserId.Length > 0)
        {
            var ofTenant = _tables.TenantColumn.Length > 0 ? $"coalesce(nullif(c.{PostgresStatements.Quoted(_tables.TenantColumn)}::text, ''), $3)" : "$3";
            batch.Add($"""
                DELETE FROM conversation_memories AS m USING {_conversations} AS c
                WHERE c.{_conversationId} = m.conversation_id AND coalesce(nullif(c.{PostgresStatements.Quoted(_tables.UserId)}::text, ''), $4) = $1 AND {ofTenant} = $2
                """).With(user).With(tenant).With(_tables.Tenant).With(Owner.DefaultUser);
        }
    }

    /// <summary>A document goes when no memory is left that it was written with.</summary>
    private static string DeleteOf(string which) =>
        $"""
        DELETE FROM conversation_memories AS m USING (SELECT conversation_memory, thread FROM recollect.memories WHERE {which}) AS r
        WHERE m.id = r.conversation_memory AND m.conversation_id::text = r.thread
            AND NOT EXISTS (SELECT FROM recollect.memories WHERE conversation_memory = m.id AND NOT {which})
        """;

    private static string DocumentOf(Memory memory)
    {
        try
        {
            return MemoryDocument.Of(memory);
        }
        catch (JsonException ex)
        {
            throw new MemoryStoreException("The writer's data of a memory is no JSON, so it cannot be kept in conversation_memories.", isTransient: false, ex);
        }
    }

    private static string Checked(string json)
    {
        try
        {
            return MemoryDocument.Clean(json);
        }
        catch (JsonException ex)
        {
            throw new ArgumentException("The memory is no JSON.", nameof(json), ex);
        }
    }

    /// <summary>Tells whether the type of its column cannot hold an id, so that there is nothing that has it.</summary>
    private static bool IsNoId(MemoryStoreException failure) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.NumericValueOutOfRange };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, params IEnumerable<string> values)
    {
        var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = ExactText.Encode(value), NpgsqlDbType = NpgsqlDbType.Unknown });
        }

        return command;
    }

    private static async ValueTask<List<ConversationMemory>> RowsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<ConversationMemory>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Memory(reader));
        }

        return rows;
    }

    private static ConversationMemory Memory(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3));

    private static async ValueTask<ConversationMemory?> WriteAsync(NpgsqlConnection connection, string conversationId, string document, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, $"INSERT INTO conversation_memories AS m (conversation_id, memory_data) VALUES ($1, $2) {Write} RETURNING {Row}", conversationId, document);
        return (await RowsAsync(command, cancellationToken)).Single();
    }

    private async ValueTask<List<ConversationMemory>> ListAsync(string statement, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.ReadAsync(
                async (connection, token) =>
                {
                    await using var command = Command(connection, statement, id);
                    return await RowsAsync(command, token);
                },
                cancellationToken);
        }
        catch (MemoryStoreException ex) when (IsNoId(ex))
        {
            return [];
        }
    }

    private ValueTask ReadyAsync(CancellationToken cancellationToken) => KeepsConversationMemories
        ? _schema.EnsureAsync(cancellationToken)
        : throw new MemoryStoreException($"Memories of conversations are off: set {PostgresMemoryOptions.SectionName}:{nameof(PostgresMemoryOptions.ConversationMemories)} to true.");
}
