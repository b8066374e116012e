using System.Numerics.Tensors;
using System.Text.Json;
using Recollect.Conversations;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Stores;
using Recollect.Transfer;

namespace Recollect.Connectors.Neo4j;

/// <summary>Reads memories from rows.</summary>
internal static class NodeReader
{
    private const int NumbersOfChunk = 3;

    /// <summary>Reads a header.</summary>
    /// <param name="row">A row.</param>
    /// <param name="dimensions">The dimensions that are configured: what the ETL before embedded with others is made again.</param>
    public static MemoryHeader Header(QueryRow row, int dimensions)
    {
        var madeBy = row.Text("made_by");
        var isStale = string.Equals(madeBy, Fingerprint.MadeByEtl, StringComparison.Ordinal) && row.Number("dimensions") != dimensions;
        var fingerprint = new Fingerprint { ContentHash = isStale ? string.Empty : row.Text("hash"), SourceUpdatedAt = row.Instant("updated"), MadeBy = madeBy };
        return new(row.Text("id"), row.Text("thread"), row.Instant("started"), row.Instant("ended"), fingerprint);
    }

    /// <summary>Reads a summary.</summary>
    public static MemorySummary Summary(QueryRow row) => row.TextOrNull("record") is { } json
        ? MemorySummary.Of(Parse(json).Memory)
        : new()
        {
            Id = row.Text("id"),
            Thread = ThreadOfEtl(row),
            StartedAt = row.Instant("started"),
            EndedAt = row.Instant("ended"),
            Summary = string.Empty,
            Topics = row.Texts("tags"),
        };

    /// <summary>Reads a memory with all that is kept beside it.</summary>
    public static MemoryRecord Record(QueryRow row) => row.TextOrNull("record") is { } json ? Ours(row, json) : OfEtl(row);

    private static MemoryRecord Parse(string json) => JsonSerializer.Deserialize(json, ArchiveJson.Default.MemoryRecord) ?? throw new FormatException("no memory");

    private static ThreadKey ThreadOfEtl(QueryRow row) => Sessions.ThreadOf(row.Text("session"), row.Text("user"), row.Text("scope"), row.Text("source"));

    private static MemoryRecord Ours(QueryRow row, string json)
    {
        var record = Parse(json);
        var vector = row.Vector("embedding");
        return record with
        {
            Memory = record.Memory.Content is null ? record.Memory : record.Memory with { Content = row.Text("content") },
            Chunks = Chunks(row, vector),
            Vector = vector,
        };
    }

    private static EmbeddedChunk[] Chunks(QueryRow row, float[] vector)
    {
        int[] numbers = [.. row["chunks"].EnumerateArray().Select(number => number.GetInt32())];
        ReadOnlyMemory<float> vectors = row.IsNull("vectors") ? vector : row.Vector("vectors");
        return [.. Enumerable.Range(0, numbers.Length / NumbersOfChunk).Select(at => new EmbeddedChunk
        {
            Index = numbers[NumbersOfChunk * at],
            FirstMessage = numbers[(NumbersOfChunk * at) + 1],
            LastMessage = numbers[(NumbersOfChunk * at) + 2],
            Vector = vectors.Slice(at * vector.Length, vector.Length),
        })];
    }

    /// <summary>Gives what the ETL before kept, and nothing else: it kept no messages and cites none.</summary>
    private static MemoryRecord OfEtl(QueryRow row)
    {
        var updated = row.Instant("updated");
        var vector = row.Vector("embedding");
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0 && float.IsFinite(norm))
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return new()
        {
            Memory = new()
            {
                Id = row.Text("id"),
                Thread = ThreadOfEtl(row),
                StartedAt = updated,
                EndedAt = updated,
                Summary = string.Empty,
                Content = row.TextOrNull("content"),
                Facts = [],
                Topics = row.Texts("tags"),
                Citations = [],
                MessageIds = [],
                Fingerprint = new() { ContentHash = row.Text("hash"), SourceUpdatedAt = updated, MadeBy = Fingerprint.MadeByEtl },
            },
            Messages = [],
            Chunks = Chunks(row, vector),
            Vector = vector,
        };
    }
}
