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
            { Chunks.Count: 0 } => "has no vectors",
            _ when record.Chunks.Select(chunk => chunk.Vector).Append(record.Vector).Any(vector => !IsUnit(vector)) => "has a vector that is not of unit length",
            _ when record.Chunks.Any(chunk => chunk.Vector.Length != record.Vector.Length) => "has vectors of different dimensions",
            { Memory.MessageIds.Count: 0 } => "names no message",
            _ => CitationCheck.Find(record.Memory.Facts.SelectMany(fact => fact.Citations).Concat(record.Memory.Citations), record.Memory.MessageIds, record.Messages) ?? string.Empty,
        };
        return reason.Length == 0;
    }

    private static bool IsUnit(ReadOnlyMemory<float> vector) =>
        !vector.IsEmpty && Math.Abs(TensorPrimitives.Norm(vector.Span) - 1) < 1e-3f;
}
