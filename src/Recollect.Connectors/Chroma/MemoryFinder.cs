using Recollect.Conversations;

namespace Recollect.Connectors.Chroma;

/// <summary>Finds the records of memories by id: where they were last seen, and only what is not there in all collections.</summary>
/// <param name="directory">The collections.</param>
/// <param name="records">Their records.</param>
/// <param name="names">Which collections are a chat's.</param>
/// <param name="concurrency">How many collections are asked at once.</param>
internal sealed class MemoryFinder(CollectionDirectory directory, RecordApi records, CollectionNames names, int concurrency)
{
    private const int RecordsOfACall = 16; // each may hold a long conversation
    private const int IdsOfACall = 1_000;

    private readonly Places _places = new();

    /// <summary>Remembers where a memory lies.</summary>
    /// <returns>Where it was thought to lie before; null where that was not known.</returns>
    public string? Remember(string memory, Collection collection)
    {
        var before = _places.Find(memory);
        _places.Remember(memory, collection.Name);
        return before;
    }

    /// <summary>Forgets where memories lie.</summary>
    public void Forget(IEnumerable<string> memories)
    {
        foreach (var memory in memories)
        {
            _places.Forget(memory);
        }
    }

    /// <summary>Gets the first records of memories. Ids that are not stored are left out.</summary>
    /// <param name="ids">Ids of memories of ours.</param>
    /// <param name="include">What of them beside the id.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    public async Task<List<(Collection Collection, StoredRow Row)>> FindAsync(IEnumerable<string> ids, IReadOnlyList<string> include, CancellationToken cancellationToken)
    {
        var found = new List<(Collection Collection, StoredRow Row)>();
        var missing = ids.ToHashSet(StringComparer.Ordinal);
        foreach (var known in missing.GroupBy(_places.Find, StringComparer.Ordinal).Where(group => group.Key is not null).ToArray())
        {
            if (await directory.FindAsync(known.Key!, cancellationToken) is { } collection)
            {
                found.AddRange(await InAsync(collection, known, include, cancellationToken));
            }
        }

        missing.ExceptWith(found.Select(one => one.Row.Text(RecordMetadata.Id)));
        if (missing.Count > 0)
        {
            found.AddRange(await EverywhereAsync(await directory.ListAsync(cancellationToken), collection => InAsync(collection, missing, include, cancellationToken)));
        }

        return found;
    }

    /// <summary>Gets records that bots before wrote. Ids that are none of them, or not stored, are left out.</summary>
    /// <param name="ids">Ids of memories.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    public async Task<List<(Collection Collection, StoredRow Row)>> FindOfBotsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<(Collection Collection, StoredRow Row)>();
        foreach (var group in ids.Select(id => BotMemory.PlaceOf(id, names)).OfType<(string Collection, string Record)>().GroupBy(place => place.Collection, place => place.Record, StringComparer.Ordinal))
        {
            if (await directory.FindAsync(group.Key, cancellationToken) is { } collection)
            {
                var rows = await records.GetAsync(collection, RecordFilter.Ids(group), RecordApi.OfBots, cancellationToken);
                found.AddRange(rows.Where(row => !row.IsOurs).Select(row => (collection, row)));
            }
        }

        return found;
    }

    /// <summary>Asks many collections, some at once.</summary>
    public async Task<List<T>> EverywhereAsync<T>(IEnumerable<Collection> collections, Func<Collection, Task<List<T>>> ask)
    {
        var found = new List<T>();
        foreach (var some in collections.Chunk(concurrency))
        {
            foreach (var part in await Task.WhenAll(some.Select(ask)))
            {
                found.AddRange(part);
            }
        }

        return found;
    }

    /// <summary>Gets headers, each id once. One that lies in two collections was being moved when a run ended, and is shown as one to make again.</summary>
    public List<MemoryHeader> Headers(IEnumerable<(Collection Collection, StoredRow Row)> rows) =>
        [.. rows.Select(one => (one.Collection, Header: MemoryRows.Header(one.Row))).GroupBy(one => one.Header.Id, StringComparer.Ordinal).Select(group =>
        {
            var (collection, header) = group.First();
            _places.Remember(header.Id, collection.Name);
            return group.Skip(1).Any() ? header with { Fingerprint = header.Fingerprint with { ContentHash = string.Empty } } : header;
        })];

    private async Task<List<(Collection Collection, StoredRow Row)>> InAsync(Collection collection, IEnumerable<string> memories, IReadOnlyList<string> include, CancellationToken cancellationToken)
    {
        var found = new List<(Collection Collection, StoredRow Row)>();
        foreach (var some in memories.Chunk(include.Count > 1 ? RecordsOfACall : IdsOfACall))
        {
            foreach (var row in await records.GetAsync(collection, RecordFilter.Ids(some.Select(memory => MemoryRows.IdOf(memory, 0))), include, cancellationToken))
            {
                if (row.IsOurs)
                {
                    _places.Remember(row.Text(RecordMetadata.Id), collection.Name);
                    found.Add((collection, row));
                }
            }
        }

        return found;
    }
}
