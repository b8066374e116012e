using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <summary>Stores memories so that one that was interrupted looks as before, and is made again.</summary>
/// <remarks>
/// Chroma has no transaction over several calls. What the memory no longer has is removed first; then all its records are written in one request, and
/// where they are too many the first, which tells of the memory, in the last. What is left in another collection, because its vectors had other dimensions, goes last.
/// </remarks>
/// <param name="api">The server.</param>
/// <param name="directory">Its collections.</param>
/// <param name="records">Their records.</param>
/// <param name="finder">Knows where memories were seen.</param>
/// <param name="time">Tells when a memory is stored.</param>
internal sealed class MemoryUpsert(ChromaApi api, CollectionDirectory directory, RecordApi records, MemoryFinder finder, TimeProvider time)
{
    private const int MostWhereUnknown = 1_000;

    private int _most; // records of a request; 0: not asked yet

    /// <summary>Stores a memory.</summary>
    /// <param name="record">The memory, whose vectors were checked.</param>
    /// <param name="cancellationToken">Stops before the first change; after that its end is waited for.</param>
    public async ValueTask StoreAsync(MemoryRecord record, CancellationToken cancellationToken)
    {
        var most = await MostAsync(cancellationToken);
        var bodies = MemoryRows.Write(record, time.GetUtcNow(), most);
        var collection = await TargetAsync(record, cancellationToken);
        await RemoveRestAsync(record, collection, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var body in bodies)
        {
            collection = await WriteAsync(record, collection, body);
        }

        await RemoveElsewhereAsync(record, collection);
    }

    private ValueTask<Collection> TargetAsync(MemoryRecord record, CancellationToken cancellationToken) =>
        directory.EnsureAsync(record.Memory.Owner.Visibility, record.Vector.Length, cancellationToken);

    private async ValueTask<int> MostAsync(CancellationToken cancellationToken)
    {
        if (_most == 0)
        {
            _most = await api.GetAsync(
                "/pre-flight-checks",
                static json => json.TryGetProperty("max_batch_size", out var most) && most.TryGetInt32(out var number) && number > 0 ? number : MostWhereUnknown,
                cancellationToken);
        }

        return _most;
    }

    private async ValueTask RemoveRestAsync(MemoryRecord record, Collection collection, CancellationToken cancellationToken)
    {
        var (id, now) = (record.Memory.Id, record.Chunks.Count);
        if (await records.GetAsync(collection, RecordFilter.Ids([MemoryRows.IdOf(id, 0)]), RecordApi.Metadata, cancellationToken) is [var before]
            && before.NumberOr(RecordMetadata.Chunks, otherwise: 0) is var then && then > now)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await records.DeleteAsync(collection, RecordFilter.Ids(Enumerable.Range(now, (int)then - now).Select(chunk => MemoryRows.IdOf(id, chunk))), CancellationToken.None);
        }
    }

    /// <summary>Writes some records; once more where the collection was removed, or filled by another program with vectors of other dimensions.</summary>
    private async ValueTask<Collection> WriteAsync(MemoryRecord record, Collection collection, ReadOnlyMemory<byte> body)
    {
        try
        {
            await records.UpsertAsync(collection, body, CancellationToken.None);
            return collection;
        }
        catch (MemoryStoreException ex) when (ChromaRefusal.Of(ex) is { IsUnknownCollection: true } or { IsWrongDimension: true })
        {
            directory.Forget(collection);
            var again = await TargetAsync(record, CancellationToken.None);
            await records.UpsertAsync(again, body, CancellationToken.None);
            return again;
        }
    }

    private async ValueTask RemoveElsewhereAsync(MemoryRecord record, Collection collection)
    {
        var id = record.Memory.Id;
        var circle = await directory.OfCircleAsync(record.Memory.Owner.Visibility, CancellationToken.None);
        var elsewhere = circle.Where(other => !string.Equals(other.Name, collection.Name, StringComparison.Ordinal)).ToList();
        if (finder.Remember(id, collection) is { } before && !string.Equals(before, collection.Name, StringComparison.Ordinal)
            && !elsewhere.Exists(other => string.Equals(other.Name, before, StringComparison.Ordinal)) && await directory.FindAsync(before, CancellationToken.None) is { } last)
        {
            elsewhere.Add(last);
        }

        foreach (var other in elsewhere)
        {
            await records.DeleteAsync(other, RecordFilter.All(RecordMetadata.Id, id), CancellationToken.None);
        }
    }
}
