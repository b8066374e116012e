using System.Numerics.Tensors;
using System.Text;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>Reads records that a bot before wrote into a chat's collection. They have a text and a vector, but no messages, so they cite none.</summary>
internal static class BotMemory
{
    /// <summary>The type of a record that holds the conversation itself, because no summary could be made of it.</summary>
    public const string FallbackType = "session_summary_fallback";

    private const string MadeBy = "bot";
    private const char Separator = ':';

    /// <summary>Gets the id of the memory, which says where the record lies.</summary>
    public static string IdOf(Collection collection, string record) => $"{collection.Name}{Separator}{record}";

    /// <summary>Gets where the record of a memory lies; null where it is none of a bot before.</summary>
    public static (string Collection, string Record)? PlaceOf(string id, CollectionNames names)
    {
        var at = id.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0 && names.UserOf(id[..at]) is not null ? (id[..at], id[(at + 1)..]) : null;
    }

    /// <summary>Gets the position of the last message that the vector stands for.</summary>
    public static int LastMessageOf(StoredRow row) => (int)Math.Clamp(row.NumberOr("message_count", 1) - 1, 0, int.MaxValue);

    /// <summary>Gets when the conversation ended.</summary>
    public static DateTimeOffset EndOf(StoredRow row) => TimeOf(row, "session_end") ?? TimeOf(row, "created_at") ?? DateTimeOffset.UnixEpoch;

    /// <summary>Reads a memory.</summary>
    /// <param name="collection">Where the record lies.</param>
    /// <param name="row">The record.</param>
    /// <param name="user">Whose collection it is.</param>
    public static MemoryRecord Read(Collection collection, StoredRow row, string user)
    {
        var ended = EndOf(row);
        var started = TimeOf(row, "session_start") is { } start && start <= ended ? start : ended;
        var isFallback = string.Equals(row.TextOrNull("type"), FallbackType, StringComparison.Ordinal);
        var text = WellFormedText.Of(row.Document ?? string.Empty);
        return new()
        {
            Memory = new()
            {
                Id = IdOf(collection, row.Id),
                Thread = new() { Source = MadeBy, Owner = new() { User = user }, Thread = row.TextOrNull("session_id") ?? row.Id },
                StartedAt = started,
                EndedAt = ended,
                Summary = isFallback ? string.Empty : text,
                Content = isFallback ? text : null,
                Facts = [],
                Topics = [],
                Citations = [],
                MessageIds = [],
                Fingerprint = new() { ContentHash = string.Empty, SourceUpdatedAt = ended, MadeBy = MadeBy },
            },
            Messages = [],
            Chunks = [new() { Index = 0, FirstMessage = 0, LastMessage = LastMessageOf(row), Vector = Unit(row.Vector) }],
            Vector = Unit(row.Vector),
        };
    }

    private static DateTimeOffset? TimeOf(StoredRow row, string key) =>
        row.TextOrNull(key) is { } text && Moment.Read(Encoding.UTF8.GetBytes(text), out var moment) is null ? moment : null;

    private static ReadOnlyMemory<float> Unit(ReadOnlyMemory<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector.Span);
        if (!float.IsFinite(norm) || norm == 0)
        {
            return vector;
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, norm, unit);
        return unit;
    }
}
