using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recollect.Work;

/// <summary>What a message of the work queue asks for.</summary>
/// <param name="Kind">What kind of message it is.</param>
/// <param name="TaskType">The field <c>task_type</c>; null where there is none.</param>
/// <param name="Conversations">The source's own ids of conversations, each once, in order; empty for other kinds.</param>
/// <param name="Problem">What is wrong with a malformed one, without any of it; null for other kinds.</param>
internal sealed record TaskMessage(TaskKind Kind, string? TaskType, IReadOnlyList<string> Conversations, string? Problem)
{
    /// <summary>The <c>task_type</c> of a batch of conversations.</summary>
    public const string BatchType = "GENERATE_MEMORY_BATCH";

    private const string TypeField = "task_type";
    private const string IdsField = "conversation_ids";
    private const int LongestId = 512;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a body, which may be anything.</summary>
    public static TaskMessage Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return Read(document.RootElement);
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException or InvalidOperationException) // no JSON, or text that is no well-formed Unicode
        {
            return Malformed("the body is no JSON");
        }
    }

    /// <summary>Writes messages for conversations, each no longer than a queue takes.</summary>
    /// <param name="conversations">The source's own ids.</param>
    /// <param name="maxBytes">The longest body, in bytes of UTF-8.</param>
    /// <param name="maxIds">How many ids one message holds at the most.</param>
    public static IEnumerable<(string Body, IReadOnlyList<string> Conversations)> Write(IEnumerable<string> conversations, int maxBytes, int maxIds = int.MaxValue)
    {
        const string Head = $"{{\"{TypeField}\":\"{BatchType}\",\"{IdsField}\":[";
        const string Tail = "]}";
        var body = new StringBuilder(Head);
        var ids = new List<string>();
        var bytes = Head.Length + Tail.Length;
        foreach (var id in conversations)
        {
            var written = WrittenId(id);
            var own = Encoding.UTF8.GetByteCount(written) + 1;
            if (ids.Count > 0 && (bytes + own > maxBytes || ids.Count == maxIds))
            {
                yield return (body.Append(Tail).ToString(), ids);
                (body, ids, bytes) = (new(Head), [], Head.Length + Tail.Length);
            }

            body.Append(ids.Count > 0 ? "," : string.Empty).Append(written);
            ids.Add(id);
            bytes += own;
        }

        if (ids.Count > 0)
        {
            yield return (body.Append(Tail).ToString(), ids);
        }
    }

    private static TaskMessage Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Malformed("the body is no JSON object");
        }

        if (!body.TryGetProperty(TypeField, out var type) || type.ValueKind == JsonValueKind.Null)
        {
            return new(TaskKind.Foreign, TaskType: null, [], Problem: null);
        }

        if (type.ValueKind != JsonValueKind.String)
        {
            return Malformed($"{TypeField} is no text");
        }

        return !string.Equals(type.GetString(), BatchType, StringComparison.Ordinal) ? new(TaskKind.Foreign, type.GetString(), [], Problem: null)
            : body.TryGetProperty(IdsField, out var ids) && ids.ValueKind == JsonValueKind.Array ? ReadIds(ids)
            : Malformed($"{IdsField} is no list");
    }

    private static TaskMessage ReadIds(JsonElement ids)
    {
        var read = new List<string>(ids.GetArrayLength());
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in ids.EnumerateArray())
        {
            if (IdOf(element) is not { } id)
            {
                return Malformed(string.Create(CultureInfo.InvariantCulture, $"entry {read.Count} of {IdsField} is neither a whole number nor a text of 1 to {LongestId} characters"));
            }

            if (known.Add(id))
            {
                read.Add(id);
            }
        }

        return new(TaskKind.Batch, BatchType, read, Problem: null);
    }

    private static string? IdOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String when element.GetString() is { Length: > 0 and <= LongestId } text && !string.IsNullOrWhiteSpace(text) => text,
        _ => null,
    };

    /// <summary>A whole number is written as one, as the backend does; anything else as a text.</summary>
    private static string WrittenId(string id) =>
        long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && string.Equals(number.ToString(CultureInfo.InvariantCulture), id, StringComparison.Ordinal)
            ? id
            : $"\"{JsonEncodedText.Encode(id)}\"";

    private static TaskMessage Malformed(string problem) => new(TaskKind.Malformed, TaskType: null, [], problem);
}
