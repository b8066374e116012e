using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>One record of a collection, with what was asked for. A value that is missing or of another kind than asked for is an <see cref="InvalidOperationException"/> or the like.</summary>
/// <param name="Id">The id.</param>
/// <param name="Metadata">The metadata; undefined where there is none or it was not asked for.</param>
/// <param name="Document">The document; null where there is none or it was not asked for.</param>
/// <param name="Uri">The URI; null where there is none or it was not asked for.</param>
/// <param name="Vector">The vector at unit length; empty where it was not asked for.</param>
internal sealed record StoredRow(string Id, JsonElement Metadata, string? Document, string? Uri, ReadOnlyMemory<float> Vector)
{
    /// <summary>Gets a value indicating whether Recollect wrote it. Everything else a bot before did.</summary>
    public bool IsOurs => Find(RecordMetadata.Id, JsonValueKind.String) is not null;

    /// <summary>Reads the rows of an answer to <c>get</c>.</summary>
    public static List<StoredRow> Read(JsonElement answer)
    {
        var rows = new List<StoredRow>();
        var (metadatas, documents, uris, vectors) = (Column(answer, "metadatas"), Column(answer, "documents"), Column(answer, "uris"), Column(answer, "embeddings"));
        foreach (var (at, id) in answer.GetProperty("ids").EnumerateArray().Index())
        {
            rows.Add(new(
                JsonText.Of(id),
                metadatas is { } metadata && metadata[at].ValueKind is JsonValueKind.Object ? metadata[at].Clone() : default,
                documents is { } document && document[at].ValueKind is JsonValueKind.String ? JsonText.Of(document[at]) : null,
                uris is { } uri && uri[at].ValueKind is JsonValueKind.String ? JsonText.Of(uri[at]) : null,
                vectors is { } vector && vector[at].ValueKind is JsonValueKind.Array ? vector[at].EnumerateArray().Select(value => value.GetSingle()).ToArray() : default));
        }

        return rows;
    }

    /// <summary>Gets a text.</summary>
    public string Text(string key) => JsonText.Of(Metadata.GetProperty(key));

    /// <summary>Gets a text; null where there is none.</summary>
    public string? TextOrNull(string key) => Find(key, JsonValueKind.String) is { } value ? JsonText.Of(value) : null;

    /// <summary>Gets a whole number.</summary>
    public long Number(string key) => Metadata.GetProperty(key).GetInt64();

    /// <summary>Gets a whole number; a fallback where there is none.</summary>
    public long NumberOr(string key, long otherwise) => Find(key, JsonValueKind.Number) is { } value && value.TryGetInt64(out var number) ? number : otherwise;

    /// <summary>Gets an instant that was kept as ticks.</summary>
    public DateTimeOffset Instant(string key) => new(Number(key), TimeSpan.Zero);

    private JsonElement? Find(string key, JsonValueKind kind) =>
        Metadata.ValueKind is JsonValueKind.Object && Metadata.TryGetProperty(key, out var value) && value.ValueKind == kind ? value : null;

    private static JsonElement? Column(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var column) && column.ValueKind is JsonValueKind.Array ? column : null;
}
