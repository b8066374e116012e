using System.Runtime.CompilerServices;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Webhook.Files;

/// <summary>The memories of a source, by the start of their conversation, then by id; a batch of them in memory at a time.</summary>
internal sealed class StoredMemories
{
    private const int BatchSize = 256;

    private readonly IMemoryStore _store;
    private readonly List<(DateTimeOffset StartedAt, string Id)> _order;

    private StoredMemories(IMemoryStore store, List<(DateTimeOffset StartedAt, string Id)> order) => (_store, _order) = (store, order);

    /// <summary>Looks up what is stored.</summary>
    public static async ValueTask<StoredMemories> FindAsync(IMemoryStore store, string source, CancellationToken cancellationToken)
    {
        var order = new List<(DateTimeOffset StartedAt, string Id)>();
        await foreach (var header in store.GetHeadersOfSourceAsync(source, cancellationToken))
        {
            order.Add((header.StartedAt, header.Id));
        }

        order.Sort(static (left, right) => left.StartedAt.CompareTo(right.StartedAt) is var time and not 0 ? time : string.CompareOrdinal(left.Id, right.Id));
        return new(store, order);
    }

    /// <summary>Reads them in order.</summary>
    /// <param name="until">The last start of a conversation that is wanted.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async IAsyncEnumerable<MemoryRecord> ReadAsync(DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in _order.TakeWhile(one => one.StartedAt <= until).Select(one => one.Id).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var records = (await _store.GetAsync(batch, cancellationToken)).ToDictionary(record => record.Memory.Id, StringComparer.Ordinal);
            foreach (var id in batch)
            {
                if (records.TryGetValue(id, out var record))
                {
                    yield return record;
                }
            }
        }
    }
}
