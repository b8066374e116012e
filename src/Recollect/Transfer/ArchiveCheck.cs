using System.Numerics.Tensors;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Transfer;

/// <summary>Lets nothing into a store that a run would not have let in (P8, P11).</summary>
internal static class ArchiveCheck
{
    public static bool Holds(MemoryRecord? record, out string reason)
    {
        reason = record switch
        {
            null or { Memory: null } => "holds no memory",
            _ when HasGaps(record) => "has an empty place in one of its lists",
            { Chunks.Count: 0 } => "has no vectors",
            _ when record.Chunks.Select(chunk => chunk.Vector).Append(record.Vector).Any(vector => !IsUnit(vector)) => "has a vector that is not of unit length",
            _ when record.Chunks.Any(chunk => chunk.Vector.Length != record.Vector.Length) => "has vectors of different dimensions",
            { Memory.MessageIds.Count: 0 } => "names no message",
            _ when !PlacesHold(record) => "names messages that it does not have",
            _ when !TimesHold(record) => "has times that are not those of its messages",
            _ => CitationCheck.Find(record.Memory.Facts.SelectMany(fact => fact.Citations).Concat(record.Memory.Citations), record.Memory.MessageIds, record.Messages) ?? string.Empty,
        };
        return reason.Length == 0;
    }

    private static bool IsUnit(ReadOnlyMemory<float> vector) =>
        !vector.IsEmpty && Math.Abs(TensorPrimitives.Norm(vector.Span) - 1) < 1e-3f;

    // What JSON can say and the types cannot.
    private static bool HasGaps(MemoryRecord record) =>
        HasGap(record.Messages) || HasGap(record.Chunks) || HasGap(record.Memory.MessageIds) || HasGap(record.Memory.Topics)
        || HasGap(record.Memory.Citations) || HasGap(record.Memory.Facts) || record.Memory.Facts.Any(fact => HasGap(fact.Citations));

    private static bool HasGap<T>(IReadOnlyList<T> list) => list.Any(one => one is null);

    private static bool PlacesHold(MemoryRecord record) =>
        (record.Messages.Count == 0 || record.Memory.MessageIds.SequenceEqual(record.Messages.Select(message => message.Id), StringComparer.Ordinal))
        && record.Chunks.All(chunk => chunk.FirstMessage >= 0 && chunk.FirstMessage <= chunk.LastMessage && chunk.LastMessage < record.Memory.MessageIds.Count);

    // A time of somebody's making could slip past a tombstone.
    private static bool TimesHold(MemoryRecord record) =>
        record.Memory.StartedAt <= record.Memory.EndedAt
        && (record.Messages.Count == 0 || (record.Memory.StartedAt == record.Messages[0].SentAt && record.Memory.EndedAt == record.Messages[^1].SentAt));
}
