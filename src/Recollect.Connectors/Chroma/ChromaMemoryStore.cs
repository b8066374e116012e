using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <summary>Keeps memories in Chroma, one collection for each circle that may see them, and finds them by vector, exactly.</summary>
internal sealed partial class ChromaMemoryStore : IMemoryStore, IUserDirectory, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "chroma";

    private const int IdsOfACall = 1_000;
    private const int RecordsOfACall = 16; // each may hold a long conversation
    private const int LargestUsers = 20;

    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromMinutes(1); // for collections that another program made

    private readonly ChromaOptions _options;
    private readonly TimeProvider _time;
    private readonly ChromaApi _api;
    private readonly CollectionNames _names;
    private readonly CollectionDirectory _directory;
    private readonly RecordApi _records;
    private readonly MemoryFinder _finder;
    private readonly MemoryUpsert _upsert;
    private long _initializedAt; // 0: never

    public ChromaMemoryStore(IOptions<ChromaOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _api = new(_options, time);
        _names = new(_options.CollectionPrefix);
        _directory = new(_api, _names);
        _records = new(_api, _directory);
        _finder = new(_directory, _records, _names, _api.Concurrency);
        _upsert = new(_api, _directory, _records, _finder, time);
    }

    /// <inheritdoc/>
    public string Name => StoreName;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Read(ref _initializedAt) is not 0 and var before && _time.GetElapsedTime(before) < LooksAgainAfter)
        {
            return;
        }

        await new ChromaDoctor(_api, _directory, _records, _names, _options).CheckAsync(cancellationToken);
        await _directory.ListAsync(cancellationToken);
        Interlocked.Exchange(ref _initializedAt, _time.GetTimestamp());
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryHeader>> GetHeadersAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        var found = new List<(Collection Collection, StoredRow Row)>();
        foreach (var circles in threads.GroupBy(thread => thread.Owner.Visibility).Chunk(_api.Concurrency))
        {
            foreach (var rows in await Task.WhenAll(circles.Select(circle => RowsOfThreadsAsync(circle.Key, [.. circle.Select(thread => thread.Id).Distinct(StringComparer.Ordinal)], cancellationToken))))
            {
                found.AddRange(rows);
            }
        }

        return _finder.Headers(found);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryHeader> GetHeadersOfSourceAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await foreach (var rows in CirclesAsync(RecordFilter.Memories(RecordMetadata.Source, [source]), cancellationToken))
        {
            foreach (var header in _finder.Headers(rows))
            {
                yield return header;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryRecord>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var ofBots = ids.Where(id => BotMemory.PlaceOf(id, _names) is not null).ToHashSet(StringComparer.Ordinal);
        var found = await ReadAsync(await _finder.FindAsync(ids.Where(id => !ofBots.Contains(id)), RecordApi.Whole, cancellationToken), cancellationToken);
        found.AddRange((await _finder.FindOfBotsAsync(ofBots, cancellationToken)).Select(one => BotMemory.Read(one.Collection, one.Row, _names.UserOf(one.Collection.Name)!)));
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask UpsertAsync(MemoryRecord record, IReadOnlyCollection<string> superseded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(superseded);
        SearchableVectors.Check(record, "Chroma");
        cancellationToken.ThrowIfCancellationRequested();
        await _upsert.StoreAsync(record, cancellationToken);
        string[] gone = [.. superseded.Where(id => !string.Equals(id, record.Memory.Id, StringComparison.Ordinal))];
        if (gone.Length > 0)
        {
            await DeleteAsync(gone, CancellationToken.None); // the memory is stored already
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var ofBots = ids.Where(id => BotMemory.PlaceOf(id, _names) is not null).ToHashSet(StringComparer.Ordinal);
        var found = await _finder.FindAsync(ids.Where(id => !ofBots.Contains(id)), RecordApi.Metadata, cancellationToken);
        await RemoveAsync(found.Select(one => (one.Collection, Ids: RecordsOf(one.Row))), cancellationToken);
        var memories = found.Select(one => one.Row.Text(RecordMetadata.Id)).ToHashSet(StringComparer.Ordinal);
        _finder.Forget(memories);

        var others = await _finder.FindOfBotsAsync(ofBots, cancellationToken);
        await RemoveAsync(others.Select(one => (one.Collection, Ids: Enumerable.Repeat(one.Row.Id, 1))), cancellationToken);
        return memories.Count + others.Count;
    }

    /// <inheritdoc/>
    public async ValueTask<ForgetCounts> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(user);
        if (string.IsNullOrWhiteSpace(tenant) || string.IsNullOrWhiteSpace(user))
        {
            return new(0, 0, 0); // nobody's
        }

        var counts = new ForgetCounts(0, 0, 0);
        var own = _names.Of(Visibility.Of(new() { Tenant = tenant, User = user }));
        foreach (var collection in await _directory.ListAsync(cancellationToken))
        {
            if (string.Equals(_names.CircleOf(collection.Name), own, StringComparison.Ordinal))
            {
                counts = Sum(counts, await _records.GetAllAsync(collection, static _ => { }, RecordApi.Metadata, cancellationToken));
                await _directory.DropAsync(collection, cancellationToken);
            }
            else if (string.Equals(collection.Tenant, tenant, StringComparison.Ordinal))
            {
                var theirs = RecordFilter.All(RecordMetadata.User, user);
                var rows = await _records.GetAllAsync(collection, theirs, RecordApi.Metadata, cancellationToken);
                if (rows.Count > 0)
                {
                    await _records.DeleteAsync(collection, theirs, cancellationToken);
                    counts = Sum(counts, rows);
                }
            }
        }

        return counts;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryRecord> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await _finder.EverywhereAsync(
            await _directory.ListAsync(cancellationToken),
            async collection =>
            {
                var memories = (await _records.GetIdsAsync(collection, RecordFilter.Memories, cancellationToken)).Select(MemoryRows.MemoryOf).OfType<string>().ToList();
                memories.ForEach(memory => _finder.Remember(memory, collection));
                return memories;
            });
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(RecordsOfACall))
        {
            foreach (var record in (await GetAsync(some, cancellationToken)).OrderBy(record => record.Memory.Id, StringComparer.Ordinal))
            {
                yield return record;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var (messages, chunks) = (0L, 0L);
        var users = new Dictionary<(string Tenant, string User), long>();
        var (madeBy, oldest) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));
        await foreach (var rows in CirclesAsync(RecordFilter.Memories, cancellationToken))
        {
            foreach (var (_, row) in rows.DistinctBy(one => one.Row.Text(RecordMetadata.Id), StringComparer.Ordinal))
            {
                var (owner, maker, ended) = ((row.Text(RecordMetadata.Tenant), row.Text(RecordMetadata.User)), row.Text(RecordMetadata.MadeBy), row.Instant(RecordMetadata.Ended));
                messages += row.Number(RecordMetadata.Messages);
                chunks += row.Number(RecordMetadata.Chunks);
                users[owner] = users.GetValueOrDefault(owner) + 1;
                madeBy[maker] = madeBy.GetValueOrDefault(maker) + 1;
                oldest[maker] = oldest.TryGetValue(maker, out var before) && before < ended ? before : ended;
            }
        }

        return new()
        {
            Memories = users.Values.Sum(),
            Messages = messages,
            Chunks = chunks,
            Users = users.Count,
            MemoriesByMadeBy = madeBy,
            OldestByMadeBy = oldest,
            LargestUsers = [.. users.Select(pair => new UserMemories(pair.Key.Tenant, pair.Key.User, pair.Value))
                .OrderByDescending(one => one.Memories).ThenBy(one => one.Tenant, StringComparer.Ordinal).ThenBy(one => one.User, StringComparer.Ordinal).Take(LargestUsers)],
        };
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => new ChromaDoctor(_api, _directory, _records, _names, _options).DiagnoseAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private static IEnumerable<string> RecordsOf(StoredRow row) =>
        Enumerable.Range(0, (int)row.Number(RecordMetadata.Chunks)).Select(chunk => MemoryRows.IdOf(row.Text(RecordMetadata.Id), chunk));

    private static ForgetCounts Sum(ForgetCounts before, List<StoredRow> rows)
    {
        var memories = rows.Where(row => !row.IsOurs || row.Number(RecordMetadata.Chunk) == 0).ToList();
        DateTimeOffset? last = memories.Count == 0 ? null : memories.Max(row => row.IsOurs ? row.Instant(RecordMetadata.Ended) : BotMemory.EndOf(row));
        return new(
            before.Memories + memories.Count,
            before.Messages + memories.Where(row => row.IsOurs).Sum(row => row.Number(RecordMetadata.Messages)),
            before.Chunks + rows.Count,
            before.LastSentAt is { } earlier && (last is null || earlier > last) ? earlier : last);
    }

    private async ValueTask RemoveAsync(IEnumerable<(Collection Collection, IEnumerable<string> Ids)> found, CancellationToken cancellationToken)
    {
        foreach (var group in found.GroupBy(one => one.Collection))
        {
            foreach (var ids in group.SelectMany(one => one.Ids).Chunk(IdsOfACall))
            {
                await _records.DeleteAsync(group.Key, RecordFilter.Ids(ids), cancellationToken);
            }
        }
    }

    private async Task<List<(Collection Collection, StoredRow Row)>> RowsOfThreadsAsync(Visibility visibility, IReadOnlyList<string> threads, CancellationToken cancellationToken)
    {
        var found = new List<(Collection Collection, StoredRow Row)>();
        foreach (var collection in await _directory.OfCircleAsync(visibility, cancellationToken))
        {
            foreach (var some in threads.Chunk(IdsOfACall))
            {
                var rows = await _records.GetAllAsync(collection, RecordFilter.Memories(RecordMetadata.Thread, some), RecordApi.Metadata, cancellationToken);
                found.AddRange(rows.Where(row => row.IsOurs).Select(row => (collection, row)));
            }
        }

        return found;
    }

    /// <summary>Gets the first records of memories, circle by circle.</summary>
    private async IAsyncEnumerable<List<(Collection Collection, StoredRow Row)>> CirclesAsync(Action<Utf8JsonWriter> filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var circles = (await _directory.ListAsync(cancellationToken)).GroupBy(collection => _names.CircleOf(collection.Name), StringComparer.Ordinal);
        foreach (var some in circles.Chunk(_api.Concurrency))
        {
            var parts = await Task.WhenAll(some.Select(circle => _finder.EverywhereAsync(circle, async collection =>
                (await _records.GetAllAsync(collection, filter, RecordApi.Metadata, cancellationToken)).Where(row => row.IsOurs).Select(row => (collection, row)).ToList())));
            foreach (var part in parts)
            {
                yield return part;
            }
        }
    }

    private async ValueTask<List<MemoryRecord>> ReadAsync(List<(Collection Collection, StoredRow Row)> rows, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<MemoryRecord>(rows.Count);
            foreach (var (_, row) in rows.DistinctBy(one => one.Row.Id, StringComparer.Ordinal))
            {
                found.Add(await MemoryRows.RecordAsync(row, cancellationToken));
            }

            return found;
        }
        catch (FormatException ex)
        {
            throw _api.Failures.OfShape(ex);
        }
    }
}
