using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Writes the statements that store and remove memories with all that is kept beside them, for a transaction of the caller.</summary>
internal static class MemoryWriter
{
    private const string AwaitThread = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
    private const string Lock = "SELECT FROM recollect.memories WHERE id = ANY($1) ORDER BY id FOR UPDATE";

    private const string Upsert =
        """
        INSERT INTO recollect.memories(id, visibility, owner, tenant, user_id, scope, thread_id, source, workspace, thread, session, started_at, ended_at, content_hash,
            source_updated_at, made_by, title, summary, topics, facts, citations, message_ids, data, content, vector, terms, word_count, messages, message_words, chunks)
        VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
            array_to_tsvector(string_to_array($26, ' ')), $27, $28, $29, $30)
        ON CONFLICT (id) DO UPDATE SET visibility = excluded.visibility, owner = excluded.owner, tenant = excluded.tenant, user_id = excluded.user_id,
            scope = excluded.scope, thread_id = excluded.thread_id, source = excluded.source, workspace = excluded.workspace, thread = excluded.thread,
            session = excluded.session, started_at = excluded.started_at, ended_at = excluded.ended_at, content_hash = excluded.content_hash,
            source_updated_at = excluded.source_updated_at, made_by = excluded.made_by, title = excluded.title, summary = excluded.summary,
            topics = excluded.topics, facts = excluded.facts, citations = excluded.citations, message_ids = excluded.message_ids, data = excluded.data,
            content = excluded.content, vector = excluded.vector, terms = excluded.terms, word_count = excluded.word_count, messages = excluded.messages,
            message_words = excluded.message_words, chunks = excluded.chunks
        """;

    private const string OfMemory = "memory_key = (SELECT key FROM recollect.memories WHERE id = $1)";

    private const string InsertMessages =
        """
        INSERT INTO recollect.messages(memory_key, position, visibility, id, role, author, sent_at, text, order_key, source_position, metadata, terms)
        SELECT m.key, t.number - 1, m.visibility, t.id, t.role, t.author, t.sent_at, t.text, t.order_key, t.source_position, t.metadata, array_to_tsvector(string_to_array(t.words, ' '))
        FROM recollect.memories AS m,
            unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[]) WITH ORDINALITY
            AS t(id, role, author, sent_at, text, order_key, source_position, metadata, words, number)
        WHERE m.id = $1
        """;

    private const string InsertChunk =
        """
        INSERT INTO recollect.chunks(memory_key, position, visibility, dimensions, first_message, last_message, vector)
        SELECT key, $2, visibility, cardinality($5::real[]), $3, $4, $5 FROM recollect.memories WHERE id = $1
        """;

    /// <summary>Removes memories; messages and chunks go with them.</summary>
    public const string Delete = "DELETE FROM recollect.memories WHERE id = ANY($1)";

    /// <summary>Adds what inserts or replaces a memory.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="record">The memory.</param>
    /// <param name="superseded">The ids that are removed afterwards, without its own.</param>
    public static void AddUpsert(NpgsqlBatch batch, MemoryRecord record, string[] superseded)
    {
        var id = record.Memory.Id;
        if (superseded.Length > 0) // one after the other in a thread, and all in one order, so that no two wait for each other
        {
            batch.Add(AwaitThread).With(record.Memory.Thread.Id);
            batch.Add(Lock).With(superseded.Append(id));
        }

        var visibility = OwnerKeys.Of(record.Memory.Owner.Visibility)!.Value;
        var words = record.Messages.Select(message => IndexTerms.Of(message.Text, OwnerKeys.MarkOf(visibility))).ToArray();
        AddMemory(batch.Add(Upsert), record, visibility, words.Sum(word => word.Count));
        batch.Add($"DELETE FROM recollect.messages WHERE {OfMemory}").With(id);
        batch.Add($"DELETE FROM recollect.chunks WHERE {OfMemory}").With(id);
        if (record.Messages.Count > 0)
        {
            AddMessages(batch.Add(InsertMessages).With(id), record.Messages, [.. words.Select(word => word.Words)]);
        }

        foreach (var chunk in record.Chunks)
        {
            AddChunk(batch.Add(InsertChunk).With(id), chunk);
        }
    }

    private static void AddMemory(NpgsqlBatchCommand command, MemoryRecord record, Guid visibility, int messageWords)
    {
        var (memory, thread, owner) = (record.Memory, record.Memory.Thread, record.Memory.Owner);
        var (words, count) = IndexTerms.Of(TextOf(memory), OwnerKeys.MarkOf(visibility));
        command
            .With(memory.Id)
            .With(visibility)
            .With(OwnerKeys.Of(owner.Tenant, owner.User))
            .With(owner.Tenant)
            .With(owner.User)
            .With(owner.Scope)
            .With(thread.Id)
            .With(thread.Source)
            .With(thread.Workspace)
            .With(thread.Thread)
            .With(thread.Session)
            .With(memory.StartedAt)
            .With(memory.EndedAt)
            .With(memory.Fingerprint.ContentHash)
            .With(memory.Fingerprint.SourceUpdatedAt)
            .With(memory.Fingerprint.MadeBy)
            .With(memory.Title)
            .With(memory.Summary)
            .With(JsonSerializer.Serialize(memory.Topics, StoredJson.Compact.IReadOnlyListString))
            .With(JsonSerializer.Serialize(memory.Facts, StoredJson.Compact.IReadOnlyListFact))
            .With(JsonSerializer.Serialize(memory.Citations, StoredJson.Compact.IReadOnlyListCitation))
            .With(NamesItsMessages(record) ? null : JsonSerializer.Serialize(memory.MessageIds, StoredJson.Compact.IReadOnlyListString))
            .With(memory.Data)
            .With(memory.Content)
            .With(IsOnlyChunk(record) ? (ReadOnlyMemory<float>?)null : record.Vector)
            .With(words)
            .With(count)
            .With(record.Messages.Count)
            .With(messageWords)
            .With(record.Chunks.Count);
    }

    private static void AddMessages(NpgsqlBatchCommand command, IReadOnlyList<Message> messages, string[] words) => command
        .With(messages.Select(message => message.Id))
        .With(messages.Select(message => message.Role))
        .With(messages.Select(message => message.Author))
        .With(messages.Select(message => message.SentAt.UtcTicks).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        .With(messages.Select(message => message.Text))
        .With(messages.Select(message => message.OrderKey))
        .With(messages.Select(message => message.Position).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        .With(messages.Select(message => message.Metadata.Count == 0 ? null : JsonSerializer.Serialize(message.Metadata, StoredJson.Compact.IReadOnlyDictionaryStringString)))
        .With(words);

    private static void AddChunk(NpgsqlBatchCommand command, EmbeddedChunk chunk) => command
        .With(chunk.Index)
        .With(chunk.FirstMessage)
        .With(chunk.LastMessage)
        .With((ReadOnlyMemory<float>?)chunk.Vector);

    private static string TextOf(Memory memory) => string.Join(' ', [memory.Title, memory.Summary, .. memory.Topics, .. memory.Facts.Select(fact => fact.Text)]);

    private static bool NamesItsMessages(MemoryRecord record) =>
        record.Messages.Count > 0 && record.Memory.MessageIds.SequenceEqual(record.Messages.Select(message => message.Id), StringComparer.Ordinal);

    private static bool IsOnlyChunk(MemoryRecord record) =>
        record.Chunks.Count == 1 && record.Vector.Span.SequenceEqual(record.Chunks[0].Vector.Span);
}
