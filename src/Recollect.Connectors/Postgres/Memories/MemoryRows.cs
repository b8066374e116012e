using System.Data;
using System.Text.Json;
using Npgsql;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Reads memories, messages and chunks from their rows.</summary>
internal static class MemoryRows
{
    /// <summary>The columns that <see cref="Header"/> reads.</summary>
    public const string HeaderColumns = "id, thread_id, started_at, ended_at, content_hash, source_updated_at, made_by";

    /// <summary>The columns that <see cref="Message"/> reads, of the table <c>m</c>.</summary>
    public const string MessageColumns = "m.id, m.role, m.author, m.sent_at, m.text, m.order_key, m.source_position, m.metadata";

    /// <summary>The next memories of a circle after a place, newest first.</summary>
    public const string Listed =
        """
        SELECT id, source, tenant, user_id, scope, workspace, thread, session, started_at, ended_at, title, summary, topics
        FROM recollect.memories WHERE visibility = $1 AND (ended_at, id) < ($2, $3) ORDER BY ended_at DESC, id DESC LIMIT $4
        """;

    private const int First = 7;

    private const string Memories =
        $"SELECT {HeaderColumns}, key, source, tenant, user_id, scope, workspace, thread, session, title, summary, topics, facts, citations, message_ids, data, content, vector FROM recollect.memories WHERE id = ANY($1) ORDER BY id";

    private const string Messages =
        $"SELECT {MessageColumns}, m.memory_key FROM recollect.messages AS m WHERE m.memory_key IN (SELECT key FROM recollect.memories WHERE id = ANY($1)) ORDER BY m.memory_key, m.position";

    private const string Chunks =
        "SELECT memory_key, position, first_message, last_message, vector FROM recollect.chunks WHERE memory_key IN (SELECT key FROM recollect.memories WHERE id = ANY($1)) ORDER BY memory_key, position";

    /// <summary>Reads memories with all that is kept beside them, as of one moment, ordered by id.</summary>
    public static async ValueTask<List<MemoryRecord>> ReadAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancellationToken)
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, snapshot);
        foreach (var statement in new[] { Messages, Chunks, Memories })
        {
            batch.Add(statement).With(ids);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var messages = new List<(long Memory, Message Message)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add((reader.GetInt64(8), Message(reader, 0)));
        }

        await reader.NextResultAsync(cancellationToken);
        var chunks = new List<(long Memory, EmbeddedChunk Chunk)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            chunks.Add((reader.GetInt64(0), Chunk(reader)));
        }

        await reader.NextResultAsync(cancellationToken);
        var messagesOf = messages.ToLookup(pair => pair.Memory, pair => pair.Message);
        var chunksOf = chunks.ToLookup(pair => pair.Memory, pair => pair.Chunk);
        var records = new List<MemoryRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = reader.GetInt64(First);
            records.Add(Record(reader, [.. messagesOf[key]], [.. chunksOf[key]]));
        }

        return records;
    }

    /// <summary>Reads a header from a row that starts with <see cref="HeaderColumns"/>.</summary>
    public static MemoryHeader Header(NpgsqlDataReader row) => new(row.Text(0), row.Text(1), row.Instant(2), row.Instant(3), Fingerprint(row));

    /// <summary>Reads a summary from a row of <see cref="Listed"/>.</summary>
    public static MemorySummary Summary(NpgsqlDataReader row) => new()
    {
        Id = row.Text(0),
        Thread = Thread(row, 1),
        StartedAt = row.Instant(8),
        EndedAt = row.Instant(9),
        Title = row.TextOrNull(10),
        Summary = row.Text(11),
        Topics = JsonSerializer.Deserialize(row.Text(12), StoredJson.Compact.IReadOnlyListString)!,
    };

    /// <summary>Reads a message from <see cref="MessageColumns"/> that start somewhere in a row.</summary>
    public static Message Message(NpgsqlDataReader row, int first)
    {
        var message = new Message
        {
            Id = row.Text(first),
            Role = row.Text(first + 1),
            Author = row.TextOrNull(first + 2),
            SentAt = row.Instant(first + 3),
            Text = row.Text(first + 4),
            OrderKey = row.TextOrNull(first + 5),
            Position = row.GetInt64(first + 6),
        };
        return row.TextOrNull(first + 7) is { } metadata
            ? message with { Metadata = JsonSerializer.Deserialize(metadata, StoredJson.Compact.IReadOnlyDictionaryStringString)! }
            : message;
    }

    private static MemoryRecord Record(NpgsqlDataReader row, List<Message> messages, List<EmbeddedChunk> chunks) => new()
    {
        Memory = Memory(row, messages),
        Messages = messages,
        Chunks = chunks,
        Vector = row.IsDBNull(First + 16) ? chunks[0].Vector : row.GetFieldValue<float[]>(First + 16),
    };

    private static Memory Memory(NpgsqlDataReader row, List<Message> messages) => new()
    {
        Id = row.Text(0),
        StartedAt = row.Instant(2),
        EndedAt = row.Instant(3),
        Fingerprint = Fingerprint(row),
        Thread = Thread(row, First + 1),
        Title = row.TextOrNull(First + 8),
        Summary = row.Text(First + 9),
        Topics = JsonSerializer.Deserialize(row.Text(First + 10), StoredJson.Compact.IReadOnlyListString)!,
        Facts = JsonSerializer.Deserialize(row.Text(First + 11), StoredJson.Compact.IReadOnlyListFact)!,
        Citations = JsonSerializer.Deserialize(row.Text(First + 12), StoredJson.Compact.IReadOnlyListCitation)!,
        MessageIds = row.TextOrNull(First + 13) is { } ids
            ? JsonSerializer.Deserialize(ids, StoredJson.Compact.IReadOnlyListString)!
            : [.. messages.Select(message => message.Id)],
        Data = row.TextOrNull(First + 14),
        Content = row.TextOrNull(First + 15),
    };

    private static ThreadKey Thread(NpgsqlDataReader row, int first) => new()
    {
        Source = row.Text(first),
        Owner = new() { Tenant = row.Text(first + 1), User = row.Text(first + 2), Scope = row.Text(first + 3) },
        Workspace = row.TextOrNull(first + 4),
        Thread = row.Text(first + 5),
        Session = row.TextOrNull(first + 6),
    };

    private static Fingerprint Fingerprint(NpgsqlDataReader row) =>
        new() { ContentHash = row.Text(4), SourceUpdatedAt = row.Instant(5), MadeBy = row.Text(6) };

    private static EmbeddedChunk Chunk(NpgsqlDataReader row) => new()
    {
        Index = row.GetInt32(1),
        FirstMessage = row.GetInt32(2),
        LastMessage = row.GetInt32(3),
        Vector = row.GetFieldValue<float[]>(4),
    };
}
