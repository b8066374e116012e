using System.Numerics.Tensors;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors;

/// <summary>Lets no vector into a store that a search there could not use.</summary>
internal static class SearchableVectors
{
    /// <summary>Checks the vectors of a memory.</summary>
    /// <param name="record">The memory.</param>
    /// <param name="store">What the store is called in sentences.</param>
    /// <exception cref="MemoryStoreException">There are several dimensions, zeros alone, or values that are no numbers.</exception>
    public static void Check(MemoryRecord record, string store)
    {
        foreach (var vector in record.Chunks.Select(chunk => chunk.Vector).Append(record.Vector))
        {
            if (vector.Length != record.Vector.Length)
            {
                throw new MemoryStoreException($"The memory {record.Memory.Id} has vectors of {vector.Length} and of {record.Vector.Length} dimensions; nothing was stored of it.");
            }

            var norm = TensorPrimitives.Norm(vector.Span);
            if (!float.IsFinite(norm) || norm == 0)
            {
                throw new MemoryStoreException($"The memory {record.Memory.Id} has a vector of zeros or of values that are no numbers, which {store} would never find; nothing was stored of it.");
            }
        }
    }
}
