using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recollect.Connectors.Webhook;

/// <summary>What is kept beside a summary that a receiver wrote; the free-form data of the memory.</summary>
/// <param name="Workspace">The workspace's name as it was sent.</param>
/// <param name="CreatedAt">When the conversation began, as it was sent.</param>
/// <param name="MemoryStatus">The receiver's <c>Status</c> as it gave it; <c>False</c> when it gave none.</param>
/// <param name="ProcessedAt">When the receiver answered, in UTC; of an imported one, when the program before answered.</param>
/// <param name="SummaryMissing">True when the receiver answered without a summary, as one does that has seen the key before; null otherwise.</param>
/// <param name="Imported">True when the program before had sent it; null otherwise.</param>
internal sealed record WebhookData(
    [property: JsonPropertyName("workspace")] string Workspace,
    [property: JsonPropertyName("created_at")] string CreatedAt,
    [property: JsonPropertyName("memory_status")] string MemoryStatus,
    [property: JsonPropertyName("processed_at")] DateTimeOffset ProcessedAt,
    [property: JsonPropertyName("summary_missing"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? SummaryMissing,
    [property: JsonPropertyName("imported"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Imported)
{
    /// <summary>The status where none was given; programs that read the files expect it.</summary>
    public const string NoStatus = "False";

    /// <summary>Reads the data of a memory; null when another writer wrote it.</summary>
    public static WebhookData? Read(string? data)
    {
        try
        {
            return data is null ? null : JsonSerializer.Deserialize(data, WebhookJson.Readable.WebhookData) is { ProcessedAt.Ticks: > 0 } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
