using System.Text.Json;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Adds and removes memories with all that is kept beside them, within a transaction of the caller.</summary>
internal static class MemoryWriter
{
    private const string InsertMemory =
        """
        INSERT INTO memories(id, partition_id, thread_id, started_at, ended_at, content_hash, source_updated_at, made_by, source, tenant, user, scope,
            workspace, thread, session, title, summary, topics, facts, citations, message_ids, data, content, words, vector)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string InsertMessage =
        "INSERT INTO messages(key, id, role, author, sent_at, text, order_key, source_position, metadata) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private const string InsertChunk =
        "INSERT INTO chunks(key, memory_key, position, first_message, last_message, code) VALUES(?, ?, ?, ?, ?, ?)";

    /// <summary>Adds a memory whose id is free.</summary>
    public static void Add(SqliteSession session, MemoryRecord record)
    {
        var partition = Partitions.GetOrAdd(session, record.Memory.Owner.Visibility);
        AddMemory(session, record, partition);
        var key = session.LastKey;
        AddMessages(session, key, record.Messages);
        AddChunks(session, key, partition, record.Chunks);
        session.Query("INSERT INTO message_index(rowid, terms) SELECT key, terms FROM message_terms WHERE key BETWEEN ?1 AND ?2")
            .With(MessageKey.First(key)).With(MessageKey.Last(key)).Run();
        session.Query("INSERT INTO memory_index(rowid, terms) SELECT key, terms FROM memory_terms WHERE key = ?1").With(key).Run();
        Note(session, key, partition, "upsert", record.Messages.Count);
    }

    /// <summary>Removes a memory by id.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Remove(SqliteSession session, string id)
    {
        if (session.Query("SELECT key FROM memories WHERE id = ?1").With(id).Number() is not { } key)
        {
            return false;
        }

        Remove(session, key);
        return true;
    }

    /// <summary>Removes a memory by key.</summary>
    /// <returns>How many messages and chunks it had.</returns>
    public static (int Messages, int Chunks) Remove(SqliteSession session, long key)
    {
        var partition = session.Query("SELECT partition_id FROM memories WHERE key = ?1").With(key).Number() ?? 0;
        session.Query("INSERT INTO message_index(message_index, rowid, terms) SELECT 'delete', key, terms FROM message_terms WHERE key BETWEEN ?1 AND ?2")
            .With(MessageKey.First(key)).With(MessageKey.Last(key)).Run();
        session.Query("INSERT INTO memory_index(memory_index, rowid, terms) SELECT 'delete', key, terms FROM memory_terms WHERE key = ?1").With(key).Run();
        var messages = session.Query("DELETE FROM messages WHERE key BETWEEN ?1 AND ?2").With(MessageKey.First(key)).With(MessageKey.Last(key)).Run();
        session.Query("DELETE FROM vectors WHERE key IN (SELECT key FROM chunks WHERE memory_key = ?1)").With(key).Run();
        var chunks = session.Query("DELETE FROM chunks WHERE memory_key = ?1").With(key).Run();
        session.Query("DELETE FROM memories WHERE key = ?1").With(key).Run();
        Note(session, key, partition, "delete", -messages);
        return (messages, chunks);
    }

    private static void AddMemory(SqliteSession session, MemoryRecord record, long partition)
    {
        var (memory, thread, owner) = (record.Memory, record.Memory.Thread, record.Memory.Owner);
        session.Query(InsertMemory)
            .With(memory.Id)
            .With(partition)
            .With(thread.Id)
            .With(memory.StartedAt.UtcTicks)
            .With(memory.EndedAt.UtcTicks)
            .With(memory.Fingerprint.ContentHash)
            .With(memory.Fingerprint.SourceUpdatedAt.UtcTicks)
            .With(MadeBy(session, memory.Fingerprint.MadeBy))
            .With(thread.Source)
            .With(owner.Tenant)
            .With(owner.User)
            .With(owner.Scope)
            .With(thread.Workspace)
            .With(thread.Thread)
            .With(thread.Session)
            .With(memory.Title)
            .With(memory.Summary)
            .With(JsonSerializer.Serialize(memory.Topics, StoredJson.Compact.IReadOnlyListString))
            .With(JsonSerializer.Serialize(memory.Facts, StoredJson.Compact.IReadOnlyListFact))
            .With(JsonSerializer.Serialize(memory.Citations, StoredJson.Compact.IReadOnlyListCitation))
            .With(NamesItsMessages(record) ? null : JsonSerializer.Serialize(memory.MessageIds, StoredJson.Compact.IReadOnlyListString))
            .With(memory.Data)
            .With(memory.Content)
            .With(WordsOf(record))
            .WithOrNull(IsOnlyChunk(record) ? (ReadOnlyMemory<float>?)null : record.Vector)
            .Run();
    }

    private static void AddMessages(SqliteSession session, long memoryKey, IReadOnlyList<Message> messages)
    {
        if (messages.Count > MemorySchema.MaxMessages)
        {
            throw new MemoryStoreException($"A conversation has {messages.Count} messages; SQLite keeps at most {MemorySchema.MaxMessages} of one. Set a smaller window in Segmentation.");
        }

        var key = MessageKey.First(memoryKey);
        foreach (var message in messages)
        {
            session.Query(InsertMessage)
                .With(key++)
                .With(message.Id)
                .With(message.Role)
                .With(message.Author)
                .With(message.SentAt.UtcTicks)
                .With(message.Text)
                .With(message.OrderKey)
                .With(message.Position)
                .With(message.Metadata.Count == 0 ? null : JsonSerializer.Serialize(message.Metadata, StoredJson.Compact.IReadOnlyDictionaryStringString))
                .Run();
        }
    }

    private static void AddChunks(SqliteSession session, long memoryKey, long partition, IReadOnlyList<EmbeddedChunk> chunks)
    {
        var key = Partitions.TakeChunks(session, partition, chunks.Count);
        foreach (var chunk in chunks)
        {
            session.Query(InsertChunk)
                .With(key)
                .With(memoryKey)
                .With(chunk.Index)
                .With(chunk.FirstMessage)
                .With(chunk.LastMessage)
                .With(QuantizedVector.Encode(chunk.Vector.Span))
                .Run();
            session.Query("INSERT INTO vectors(key, vector) VALUES(?1, ?2)").With(key++).With(chunk.Vector.Span).Run();
        }
    }

    private static void Note(SqliteSession session, long key, long partition, string kind, long messages)
    {
        session.Query("INSERT INTO journal(memory_key, kind, partition_id) VALUES(?1, ?2, ?3)").With(key).With(kind).With(partition).Run();
        session.Query("UPDATE partitions SET version = version + 1, messages = messages + ?2 WHERE id = ?1").With(partition).With(messages).Run();
    }

    private static long MadeBy(SqliteSession session, string text)
    {
        if (session.Query("SELECT id FROM made_by WHERE text = ?1").With(text).Number() is { } known)
        {
            return known;
        }

        session.Query("INSERT INTO made_by(text) VALUES(?1)").With(text).Run();
        return session.LastKey;
    }

    private static string WordsOf(MemoryRecord record) => string.Join(' ', record.Memory.Topics.Concat(record.Memory.Facts.Select(fact => fact.Text)));

    private static bool NamesItsMessages(MemoryRecord record) =>
        record.Messages.Count > 0 && record.Memory.MessageIds.SequenceEqual(record.Messages.Select(message => message.Id), StringComparer.Ordinal);

    private static bool IsOnlyChunk(MemoryRecord record) =>
        record.Chunks.Count == 1 && record.Vector.Span.SequenceEqual(record.Chunks[0].Vector.Span);
}
