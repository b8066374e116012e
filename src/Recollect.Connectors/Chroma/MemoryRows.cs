using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Text;
using Recollect.Transfer;

namespace Recollect.Connectors.Chroma;

/// <summary>Writes a memory as records, one for each chunk: with the metadata of bots before and ours, and at the first one the whole memory as a <c>data:</c> URI.</summary>
/// <remarks>
/// The first record has the same id at every writing, so that it changes together with everything that is written with it. Vectors stand in
/// the URI too: Chroma brings them to unit length again, which changes their last digits.
/// </remarks>
internal static class MemoryRows
{
    private const string UriStart = "data:application/gzip;base64,";
    private const int LongestDocument = 16_000; // the URI has the whole
    private const long LargestMemory = 1L << 30;
    private const int MaxBytes = 8 * 1024 * 1024; // of a request, but one record may be larger

    /// <summary>Gets the id of a chunk's record.</summary>
    public static string IdOf(string memory, int chunk) => string.Create(CultureInfo.InvariantCulture, $"{memory}/{chunk}");

    /// <summary>Gets the memory that a record is of; null where a bot before wrote it.</summary>
    public static string? MemoryOf(string record)
    {
        var at = record.LastIndexOf('/');
        return at >= 0 && at < record.Length - 1 && record.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? record[..at] : null;
    }

    /// <summary>Writes the requests that store a memory; its first record is in the last one.</summary>
    /// <param name="record">The memory.</param>
    /// <param name="storedAt">When it is stored.</param>
    /// <param name="most">How many records a request may have.</param>
    public static List<ReadOnlyMemory<byte>> Write(MemoryRecord record, DateTimeOffset storedAt, int most)
    {
        var (uri, document) = (UriOf(record), DocumentOf(record.Memory));
        var size = (record.Vector.Length * 14) + (document.Length * 2) + 2_048; // about that of a record without URI
        var perCall = Math.Clamp((MaxBytes - uri.Length) / size, 1, most);
        return [.. Enumerable.Range(0, record.Chunks.Count).Reverse().Chunk(perCall).Select(places => ChromaApi.Json(json =>
        {
            json.WriteTexts("ids", places.Select(place => IdOf(record.Memory.Id, place)));
            json.WriteStartArray("embeddings");
            foreach (var place in places)
            {
                json.WriteVector(record.Chunks[place].Vector.Span);
            }

            json.WriteEndArray();
            json.WriteTexts("documents", places.Select(_ => document));
            json.WriteStartArray("uris");
            foreach (var place in places)
            {
                json.WriteStringValue(place == 0 ? uri : null);
            }

            json.WriteEndArray();
            json.WriteStartArray("metadatas");
            foreach (var place in places)
            {
                json.WriteStartObject();
                WriteOriginal(json, record.Memory, storedAt);
                WriteOurs(json, record, place);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }))];
    }

    /// <summary>Reads a header.</summary>
    public static MemoryHeader Header(StoredRow row) => new(
        row.Text(RecordMetadata.Id),
        row.Text(RecordMetadata.Thread),
        row.Instant(RecordMetadata.Started),
        row.Instant(RecordMetadata.Ended),
        new() { ContentHash = row.Text(RecordMetadata.Hash), SourceUpdatedAt = row.Instant(RecordMetadata.Updated), MadeBy = row.Text(RecordMetadata.MadeBy) });

    /// <summary>Reads a memory with all that is kept beside it.</summary>
    /// <exception cref="FormatException">It is none, or was cut.</exception>
    public static async ValueTask<MemoryRecord> RecordAsync(StoredRow row, CancellationToken cancellationToken)
    {
        if (row.Uri is not { } uri || !uri.StartsWith(UriStart, StringComparison.Ordinal))
        {
            throw new FormatException("no memory");
        }

        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(uri[UriStart.Length..]), writable: false);
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            await using var plain = new BoundedStream(unpacked, LargestMemory, static () => new FormatException("no end"));
            return await JsonSerializer.DeserializeAsync(plain, ArchiveJson.Default.MemoryRecord, cancellationToken) ?? throw new FormatException("no memory");
        }
        catch (Exception ex) when (ex is JsonException or InvalidDataException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("no memory", ex);
        }
    }

    private static string UriOf(MemoryRecord record)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, record, ArchiveJson.Default.MemoryRecord);
        }

        return $"{UriStart}{Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length)}";
    }

    private static string DocumentOf(Memory memory)
    {
        var text = memory.Summary.Length > 0 ? memory.Summary : memory.Content ?? string.Empty;
        return text.Length <= LongestDocument ? text : text[..(char.IsHighSurrogate(text[LongestDocument - 1]) ? LongestDocument - 1 : LongestDocument)];
    }

    private static void WriteOriginal(Utf8JsonWriter json, Memory memory, DateTimeOffset storedAt)
    {
        var isPersonal = memory.Owner.Visibility.User is not null;
        var isFallback = memory is { Summary.Length: 0, Content: not null };
        json.WriteString("type", isFallback ? BotMemory.FallbackType : "session_summary");
        json.WriteString("session_id", memory.Thread.Session ?? memory.Thread.Thread);
        json.WriteString("whatsapp_chat", memory.Owner.User);
        json.WriteString("user_phone", memory.Owner.User);
        json.WriteString("session_start", Iso(memory.StartedAt));
        json.WriteString("session_end", Iso(memory.EndedAt));
        json.WriteNumber("message_count", memory.MessageIds.Count);
        json.WriteBoolean("summarization_failed", isFallback);
        json.WriteString("created_at", Iso(storedAt));
        json.WriteString("scope", isPersonal ? "PRIVATE" : memory.Owner.Scope);
        json.WriteString("embedding_model", ModelOf(memory.Fingerprint.MadeBy));
    }

    private static void WriteOurs(Utf8JsonWriter json, MemoryRecord record, int place)
    {
        var memory = record.Memory;
        json.WriteNumber(RecordMetadata.Format, RecordMetadata.CurrentFormat);
        json.WriteString(RecordMetadata.Id, memory.Id);
        json.WriteNumber(RecordMetadata.Chunk, place);
        json.WriteNumber(RecordMetadata.Chunks, record.Chunks.Count);
        json.WriteNumber(RecordMetadata.First, record.Chunks[place].FirstMessage);
        json.WriteNumber(RecordMetadata.Last, record.Chunks[place].LastMessage);
        json.WriteString(RecordMetadata.Tenant, memory.Owner.Tenant);
        json.WriteString(RecordMetadata.User, memory.Owner.User);
        json.WriteString(RecordMetadata.Source, memory.Thread.Source);
        json.WriteString(RecordMetadata.Thread, memory.Thread.Id);
        json.WriteNumber(RecordMetadata.Started, memory.StartedAt.UtcTicks);
        json.WriteNumber(RecordMetadata.Ended, memory.EndedAt.UtcTicks);
        json.WriteString(RecordMetadata.Hash, memory.Fingerprint.ContentHash);
        json.WriteNumber(RecordMetadata.Updated, memory.Fingerprint.SourceUpdatedAt.UtcTicks);
        json.WriteString(RecordMetadata.MadeBy, memory.Fingerprint.MadeBy);
        json.WriteNumber(RecordMetadata.Messages, record.Messages.Count);
    }

    // Of "extractive 1;openai/text-embedding-3-small/1536/7000;text" the model; where it was made otherwise, all of it.
    private static string ModelOf(string madeBy)
    {
        var embedder = madeBy.Split(Fingerprint.PartSeparator) is [_, var part, ..] ? part.Split('/') : [];
        return embedder is [_, .. var model, _, _] ? string.Join('/', model) : madeBy;
    }

    private static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);
}
