using System.Text.Json;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Reads memories, messages and chunks from their rows.</summary>
internal static class MemoryColumns
{
    /// <summary>The columns that <see cref="ReadHeader"/> reads.</summary>
    public const string Header = "m.id, m.thread_id, m.started_at, m.ended_at, m.content_hash, m.source_updated_at, b.text";

    private const string Rest =
        "m.key, m.source, m.tenant, m.user, m.scope, m.workspace, m.thread, m.session, m.title, m.summary, m.topics, m.facts, m.citations, m.message_ids, m.data, m.content, m.vector";

    private const int First = 7;

    private const string From = "FROM memories AS m JOIN made_by AS b ON b.id = m.made_by";

    /// <summary>The header of one memory by thread.</summary>
    public const string HeadersOfThread = $"SELECT {Header} {From} WHERE m.thread_id = ?1";

    /// <summary>The next headers of a source after a key.</summary>
    public const string HeadersOfSource = $"SELECT {Header}, m.key {From} WHERE m.source = ?1 AND m.key > ?2 ORDER BY m.key LIMIT ?3";

    /// <summary>The next memories of a partition after a place, newest first.</summary>
    public const string Listed =
        """
        SELECT m.id, m.source, m.tenant, m.user, m.scope, m.workspace, m.thread, m.session, m.started_at, m.ended_at, m.title, m.summary, m.topics
        FROM memories AS m WHERE m.partition_id = ?1 AND (m.ended_at, m.id) < (?2, ?3) ORDER BY m.ended_at DESC, m.id DESC LIMIT ?4
        """;

    /// <summary>One memory by id.</summary>
    private const string ById = $"SELECT {Header}, {Rest} {From} WHERE m.id = ?1";

    /// <summary>Reads a header from a row that starts with <see cref="Header"/>.</summary>
    public static MemoryHeader ReadHeader(SqliteStatement row) => new(row.Text(0), row.Text(1), row.Instant(2), row.Instant(3), ReadFingerprint(row));

    /// <summary>Reads a summary from a row of <see cref="Listed"/>.</summary>
    public static MemorySummary ReadSummary(SqliteStatement row) => new()
    {
        Id = row.Text(0),
        Thread = ReadThread(row, 1),
        StartedAt = row.Instant(8),
        EndedAt = row.Instant(9),
        Title = row.TextOrNull(10),
        Summary = row.Text(11),
        Topics = JsonSerializer.Deserialize(row.Bytes(12), StoredJson.Compact.IReadOnlyListString)!,
    };

    /// <summary>Reads a memory with all that is kept beside it; null where there is none.</summary>
    public static MemoryRecord? Find(SqliteSession session, string id)
    {
        using var row = session.Query(ById).With(id);
        if (!row.Read())
        {
            return null;
        }

        var key = row.Number(First);
        var messages = ReadMessages(session, MessageKey.First(key), MessageKey.Last(key));
        var chunks = ReadChunks(session, key);
        return new()
        {
            Memory = ReadMemory(row, messages),
            Messages = messages,
            Chunks = chunks,
            Vector = row.IsNull(First + 16) ? chunks[0].Vector : row.Vector(First + 16).ToArray(),
        };
    }

    private static Memory ReadMemory(SqliteStatement row, List<Message> messages) => new()
    {
        Id = row.Text(0),
        StartedAt = row.Instant(2),
        EndedAt = row.Instant(3),
        Fingerprint = ReadFingerprint(row),
        Thread = ReadThread(row, First + 1),
        Title = row.TextOrNull(First + 8),
        Summary = row.Text(First + 9),
        Topics = JsonSerializer.Deserialize(row.Bytes(First + 10), StoredJson.Compact.IReadOnlyListString)!,
        Facts = JsonSerializer.Deserialize(row.Bytes(First + 11), StoredJson.Compact.IReadOnlyListFact)!,
        Citations = JsonSerializer.Deserialize(row.Bytes(First + 12), StoredJson.Compact.IReadOnlyListCitation)!,
        MessageIds = row.IsNull(First + 13)
            ? [.. messages.Select(message => message.Id)]
            : JsonSerializer.Deserialize(row.Bytes(First + 13), StoredJson.Compact.IReadOnlyListString)!,
        Data = row.TextOrNull(First + 14),
        Content = row.TextOrNull(First + 15),
    };

    private static ThreadKey ReadThread(SqliteStatement row, int first) => new()
    {
        Source = row.Text(first),
        Owner = new() { Tenant = row.Text(first + 1), User = row.Text(first + 2), Scope = row.Text(first + 3) },
        Workspace = row.TextOrNull(first + 4),
        Thread = row.Text(first + 5),
        Session = row.TextOrNull(first + 6),
    };

    private static Fingerprint ReadFingerprint(SqliteStatement row) =>
        new() { ContentHash = row.Text(4), SourceUpdatedAt = row.Instant(5), MadeBy = row.Text(6) };

    /// <summary>Reads the messages of a range of keys.</summary>
    public static List<Message> ReadMessages(SqliteSession session, long first, long last)
    {
        using var row = session.Query("SELECT id, role, author, sent_at, text, order_key, source_position, metadata FROM messages WHERE key BETWEEN ?1 AND ?2 ORDER BY key")
            .With(first).With(last);
        return row.List(ReadMessage);
    }

    private static Message ReadMessage(SqliteStatement row)
    {
        var message = new Message
        {
            Id = row.Text(0),
            Role = row.Text(1),
            Author = row.TextOrNull(2),
            SentAt = row.Instant(3),
            Text = row.Text(4),
            OrderKey = row.TextOrNull(5),
            Position = row.Number(6),
        };
        return row.IsNull(7) ? message : message with { Metadata = JsonSerializer.Deserialize(row.Bytes(7), StoredJson.Compact.IReadOnlyDictionaryStringString)! };
    }

    private static List<EmbeddedChunk> ReadChunks(SqliteSession session, long memoryKey)
    {
        using var row = session.Query("SELECT c.position, c.first_message, c.last_message, v.vector FROM chunks AS c JOIN vectors AS v ON v.key = c.key WHERE c.memory_key = ?1 ORDER BY c.key").With(memoryKey);
        return row.List(static chunk => new EmbeddedChunk
        {
            Index = (int)chunk.Number(0),
            FirstMessage = (int)chunk.Number(1),
            LastMessage = (int)chunk.Number(2),
            Vector = chunk.Vector(3).ToArray(),
        });
    }
}
