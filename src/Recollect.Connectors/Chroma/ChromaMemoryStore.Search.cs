using System.Numerics.Tensors;
using System.Text;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <content>Searching and listing within one circle.</content>
internal sealed partial class ChromaMemoryStore
{
    private static readonly Comparer<string> ByBytes = Comparer<string>.Create(static (left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(Visibility visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var norm = TensorPrimitives.Norm(vector.Span);
        if (visibility.Scope is null || !float.IsFinite(norm) || norm == 0) // nobody's, or a vector that is near to nothing
        {
            return [];
        }

        var nearest = new NearestRecords(_records);
        var best = new Dictionary<string, (Collection Collection, string Record, double Similarity)>(StringComparer.Ordinal);
        foreach (var collection in await _directory.OfCircleAsync(visibility, vector.Length, cancellationToken))
        {
            foreach (var (record, similarity) in await nearest.AllAsync(collection, vector, cancellationToken))
            {
                if (MemoryOf(collection, record) is { } memory && (!best.TryGetValue(memory, out var before) || similarity > before.Similarity || (similarity.Equals(before.Similarity) && IsEarlier(record, before.Record))))
                {
                    best[memory] = (collection, record, similarity);
                }
            }
        }

        var taken = best.OrderByDescending(pair => pair.Value.Similarity).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(top).ToList();
        return await MatchesAsync(taken, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemorySummary>> ListAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        if (visibility.Scope is null)
        {
            return [];
        }

        var places = new Dictionary<string, MemoryPlace>(StringComparer.Ordinal);
        foreach (var collection in await _directory.OfCircleAsync(visibility, cancellationToken))
        {
            foreach (var row in await _records.GetAllAsync(collection, RecordFilter.Memories, RecordApi.Metadata, cancellationToken))
            {
                if (row.IsOurs)
                {
                    var id = row.Text(RecordMetadata.Id);
                    places[id] = new(row.Instant(RecordMetadata.Ended), id);
                    _finder.Remember(id, collection);
                }
            }

            if (_names.UserOf(collection.Name) is not null)
            {
                foreach (var row in (await _records.GetAllAsync(collection, RecordFilter.OfBots, RecordApi.Metadata, cancellationToken)).Where(row => !row.IsOurs))
                {
                    var id = BotMemory.IdOf(collection, row.Id);
                    places[id] = new(BotMemory.EndOf(row), id);
                }
            }
        }

        return await SummariesAsync(Ordered(places.Values, after), top, cancellationToken);
    }

    private static List<MemoryPlace> Ordered(IEnumerable<MemoryPlace> places, MemoryPlace? after)
    {
        var rest = places.Where(place => after is null || place.EndedAt < after.EndedAt || (place.EndedAt == after.EndedAt && ByBytes.Compare(place.Id, after.Id) < 0));
        return [.. rest.OrderByDescending(place => place.EndedAt).ThenByDescending(place => place.Id, ByBytes)];
    }

    // Of two records of one memory.
    private static bool IsEarlier(string record, string other) => record.Length < other.Length || (record.Length == other.Length && string.CompareOrdinal(record, other) < 0);

    private async ValueTask<IReadOnlyList<MemorySummary>> SummariesAsync(List<MemoryPlace> places, int top, CancellationToken cancellationToken)
    {
        var listed = new List<MemorySummary>();
        foreach (var some in places.Chunk(RecordsOfACall)) // what was removed meanwhile leaves room for the next
        {
            if (listed.Count >= top)
            {
                break;
            }

            string[] ids = [.. some.Take(top - listed.Count).Select(place => place.Id)];
            var found = (await GetAsync(ids, cancellationToken)).ToDictionary(record => record.Memory.Id, StringComparer.Ordinal);
            listed.AddRange(ids.Where(found.ContainsKey).Select(id => MemorySummary.Of(found[id].Memory)));
        }

        return listed;
    }

    private string? MemoryOf(Collection collection, string record) =>
        MemoryRows.MemoryOf(record) ?? (_names.UserOf(collection.Name) is null ? null : BotMemory.IdOf(collection, record));

    private async ValueTask<List<VectorMatch>> MatchesAsync(List<KeyValuePair<string, (Collection Collection, string Record, double Similarity)>> taken, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, StoredRow>(StringComparer.Ordinal);
        foreach (var group in taken.GroupBy(pair => pair.Value.Collection, pair => pair.Value.Record))
        {
            foreach (var some in group.Chunk(IdsOfACall))
            {
                foreach (var row in await _records.GetAsync(group.Key, RecordFilter.Ids(some), RecordApi.Metadata, cancellationToken))
                {
                    rows[row.Id] = row;
                }
            }
        }

        var matches = new List<VectorMatch>();
        foreach (var (memory, (collection, record, similarity)) in taken)
        {
            if (rows.TryGetValue(record, out var row) && row.IsOurs)
            {
                _finder.Remember(memory, collection);
                matches.Add(new(memory, similarity, (int)row.Number(RecordMetadata.First), (int)row.Number(RecordMetadata.Last)));
            }
            else if (row is not null && _names.UserOf(collection.Name) is not null)
            {
                matches.Add(new(BotMemory.IdOf(collection, record), similarity, 0, BotMemory.LastMessageOf(row)));
            }
        }

        return matches;
    }
}
