using System.Globalization;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Transfer;

namespace Recollect.Connectors.Neo4j;

/// <summary>Writes a memory as the properties of its node: those that the ETL before wrote, and ours, which begin with <c>recollect_</c>.</summary>
internal static class MemoryNode
{
    /// <summary>Writes the parameters of one memory for <see cref="Cypher.Upsert"/>.</summary>
    /// <param name="record">The memory.</param>
    /// <param name="superseded">Ids of memories to remove.</param>
    /// <param name="source">The source whose conversations have their plain id in <c>source_session</c>.</param>
    /// <exception cref="MemoryStoreException">A vector is none that a search could use.</exception>
    public static ReadOnlyMemory<byte> Write(MemoryRecord record, IEnumerable<string> superseded, string source)
    {
        SearchableVectors.Check(record, "Neo4j");
        var memory = record.Memory;
        var session = Sessions.Of(memory, source);
        return QueryBody.Json(json =>
        {
            json.WriteString("session", session);
            json.WriteTexts("gone", superseded.Append(memory.Id).Distinct(StringComparer.Ordinal));
            json.WriteString("timestamp", memory.Fingerprint.SourceUpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("properties");
            WriteOriginal(json, record, session);
            WriteOurs(json, record);
            json.WriteEndObject();
        });
    }

    private static void WriteOriginal(Utf8JsonWriter json, MemoryRecord record, string session)
    {
        var (memory, hash) = (record.Memory, HashOf(record));
        var updated = memory.Fingerprint.SourceUpdatedAt.ToUnixTimeSeconds();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"conversation_{session}_{updated}"));
        json.WriteString("scope", memory.Owner.Scope);
        json.WriteString("user_id", memory.Owner.User);
        json.WriteString("content", memory.Content ?? memory.Summary);
        json.WriteVector("embedding", record.Vector.Span);
        json.WriteNumber("source_updated_at_ts", updated);
        json.WriteString("message_hash", hash);
        json.WriteNumber("message_count", memory.MessageIds.Count);
        json.WriteTexts("tags", memory.Topics);
        json.WriteString("recollect_hash", hash); // as long as the two are equal, nobody else has written
    }

    private static void WriteOurs(Utf8JsonWriter json, MemoryRecord record)
    {
        var memory = record.Memory;
        json.WriteString("recollect_id", memory.Id);
        json.WriteString("recollect_tenant", memory.Owner.Tenant);
        json.WriteString("recollect_thread", memory.Thread.Id);
        json.WriteString("recollect_source", memory.Thread.Source);
        json.WriteNumber("recollect_started", memory.StartedAt.UtcTicks);
        json.WriteNumber("recollect_ended", memory.EndedAt.UtcTicks);
        json.WriteString("recollect_content_hash", memory.Fingerprint.ContentHash);
        json.WriteNumber("recollect_updated", memory.Fingerprint.SourceUpdatedAt.UtcTicks);
        json.WriteString("recollect_made_by", memory.Fingerprint.MadeBy);
        json.WriteNumber("recollect_messages", record.Messages.Count);
        json.WriteNumber("recollect_dimensions", record.Vector.Length);
        json.WriteStartArray("recollect_chunks");
        foreach (var chunk in record.Chunks)
        {
            json.WriteNumberValue(chunk.Index);
            json.WriteNumberValue(chunk.FirstMessage);
            json.WriteNumberValue(chunk.LastMessage);
        }

        json.WriteEndArray();
        WriteVectors(json, record);
        json.WriteString("recollect_record", JsonSerializer.Serialize(WithoutProperties(record), ArchiveJson.Default.MemoryRecord));
    }

    private static void WriteVectors(Utf8JsonWriter json, MemoryRecord record)
    {
        if (record.Chunks.Count == 1 && record.Vector.Span.SequenceEqual(record.Chunks[0].Vector.Span)) // which is the embedding then
        {
            json.WriteNull("recollect_vectors");
            return;
        }

        json.WriteStartArray("recollect_vectors");
        foreach (var chunk in record.Chunks)
        {
            json.WriteValues(chunk.Vector.Span);
        }

        json.WriteEndArray();
    }

    /// <summary>Takes away what has a property of its own.</summary>
    private static MemoryRecord WithoutProperties(MemoryRecord record) => record with
    {
        Memory = record.Memory.Content is null ? record.Memory : record.Memory with { Content = string.Empty },
        Chunks = [],
        Vector = default,
    };

    private static string HashOf(MemoryRecord record) =>
        record.EtlHash ?? (record.Messages.Count > 0 ? Conversation.EtlHashOf(record.Messages) : string.Empty); // empty: equal to that of nothing
}
