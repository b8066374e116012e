using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Recollect.Connectors.Sqlite.Memories.Vectors;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Keeps memories in <c>memories.db</c> of the data root and finds them by vector and by words.</summary>
internal sealed class SqliteMemoryStore(IOptions<DataOptions> options, TimeProvider? time = null) : IMemoryStore, ILexicalSearch, IUserDirectory, IMemoryGrowth, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "sqlite";

    private const int PageOfRows = 512;

    private static readonly SqliteProfile Profile = new()
    {
        FileName = "memories.db",
        Synchronous = "NORMAL", // a power cut may lose the last memories; the next run makes them again
        PageSize = 4096,
        Migrations = MemorySchema.Migrations,
        Repair = "Delete it together with its -wal and -shm files and run `recollect backfill`: everything in it is made again from the source.",
        AddFunctions = static session => session.AddFunction(IndexTerms.FunctionName, static (text, partition) => IndexTerms.Of(text, partition)),
        Fail = static (message, isTransient, cause) => new MemoryStoreException(message, isTransient, cause),
    };

    private readonly SqliteDatabase _database = new(Profile, options.Value.Root);
    private readonly VectorIndex _vectors = new(options.Value.Root, time ?? TimeProvider.System);

    /// <summary>Gets the database, for tests that must disturb it.</summary>
    internal SqliteDatabase Database => _database;

    /// <summary>Gets the files of codes, for tests that must disturb them.</summary>
    internal VectorIndex Vectors => _vectors;

    /// <inheritdoc/>
    public string Name => StoreName;

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _database.InitializeAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryHeader>> GetHeadersAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        return await _database.ReadAsync(session =>
        {
            var headers = new List<MemoryHeader>();
            foreach (var threadId in threads.Select(thread => thread.Id).Distinct(StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var row = session.Query(MemoryColumns.HeadersOfThread).With(threadId);
                while (row.Read())
                {
                    headers.Add(MemoryColumns.ReadHeader(row));
                }
            }

            return headers;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryHeader> GetHeadersOfSourceAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var page = (Headers: new List<MemoryHeader>(), Last: 0L);
        do
        {
            var after = page.Last;
            page = await _database.ReadAsync(session => HeadersAfter(session, source, after), cancellationToken);
            foreach (var header in page.Headers)
            {
                yield return header;
            }
        }
        while (page.Headers.Count == PageOfRows);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryRecord>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await _database.ReadAsync(session =>
        {
            var records = new List<MemoryRecord>(ids.Count);
            foreach (var id in ids.Distinct(StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (MemoryColumns.Find(session, id) is { } record)
                {
                    records.Add(record);
                }
            }

            return records;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask UpsertAsync(MemoryRecord record, IReadOnlyCollection<string> superseded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(superseded);
        var partition = await _database.WriteAsync(session =>
        {
            MemoryWriter.Remove(session, record.Memory.Id);
            MemoryWriter.Add(session, record);
            foreach (var id in superseded.Where(id => !string.Equals(id, record.Memory.Id, StringComparison.Ordinal)))
            {
                MemoryWriter.Remove(session, id);
            }

            return Partitions.Find(session, record.Memory.Owner.Visibility)!.Value;
        }, cancellationToken);
        if (record.Chunks.Count > 0)
        {
            await _vectors.CoverAsync(_database, partition, record.Chunks[0].Vector.Length);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0 ? 0 : await _database.WriteAsync(session => ids.Count(id => MemoryWriter.Remove(session, id)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ForgetCounts> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(user);
        var counts = await _database.WriteAsync(session => MemoryForgetter.Forget(session, tenant, user), cancellationToken);
        await ScrubAsync(); // what is removed must also become unreadable
        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask<ForgetCounts> ForgetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var counts = await _database.WriteAsync(session => MemoryForgetter.Forget(session, ids), cancellationToken);
        await ScrubAsync();
        return counts;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(Visibility visibility, ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var behind = default(Partition?);
        var matches = await _database.ReadScatteredAsync(session => Find(session, mayWait: true), cancellationToken);
        if (behind is { } partition)
        {
            await _vectors.CatchUpAsync(_database, partition.Id, vector.Length, cancellationToken);
            matches = await _database.ReadScatteredAsync(session => Find(session, mayWait: false), cancellationToken);
        }

        return matches;

        List<VectorMatch> Find(SqliteSession session, bool mayWait)
        {
            if (Partitions.Find(session, visibility) is not { } found)
            {
                return [];
            }

            if (mayWait && _vectors.IsBehind(session, found, vector.Length))
            {
                behind = found;
                return [];
            }

            return TopMatches.Pick(session, CollectionsMarshal.AsSpan(NearestChunks(session, found, vector, top, cancellationToken)), top).ConvertAll(static match =>
                new VectorMatch(match.MemoryId, match.Candidate.Score, match.Candidate.First, match.Candidate.Last));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<MessageCandidates> SearchMessagesAsync(
        Visibility visibility, IReadOnlyList<string> terms, int top, int neighbours, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(neighbours);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, ILexicalSearch.MostNeighbours);
        return await _database.ReadAsync(session =>
        {
            if (Partitions.Find(session, visibility) is not { } partition)
            {
                return MessageCandidates.None;
            }

            using var found = LexicalIndex.Messages(session, partition, terms, top, cancellationToken);
            return new(partition.Messages, MessageNeighbours.Read(session, TopMatches.Pick(session, found.Span, top), neighbours));
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LexicalMatch>> SearchMemoriesAsync(
        Visibility visibility, IReadOnlyList<string> terms, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await _database.ReadAsync<IReadOnlyList<LexicalMatch>>(session =>
        {
            if (Partitions.Find(session, visibility) is not { } partition)
            {
                return [];
            }

            using var found = LexicalIndex.Memories(session, partition, terms, cancellationToken);
            return TopMatches.Pick(session, found.Span, top).ConvertAll(static match => new LexicalMatch(match.MemoryId, match.Candidate.Score));
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemorySummary>> ListAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await _database.ReadAsync<IReadOnlyList<MemorySummary>>(session =>
        {
            if (Partitions.Find(session, visibility) is not { } partition)
            {
                return [];
            }

            using var row = session.Query(MemoryColumns.Listed).With(partition.Id).With(after?.EndedAt.UtcTicks ?? long.MaxValue).With(after?.Id ?? string.Empty).With(top);
            return row.List(MemoryColumns.ReadSummary);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UserMemories>> ListUsersAsync(string tenant, ScopeFilter scopes, string? after, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return _database.ReadAsync(session => MemoryCounts.UsersAfter(session, tenant, scopes, after ?? string.Empty, top), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<(DateTimeOffset First, DateTimeOffset Last)?> GetSpanAsync(CancellationToken cancellationToken) => _database.ReadAsync(MemoryCounts.Span, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> CountBetweenAsync(IReadOnlyList<DateTimeOffset> borders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(borders);
        return _database.ReadAsync(session => MemoryCounts.Between(session, borders), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryRecord> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = ""; last is not null;)
        {
            var after = last;
            var ids = await _database.ReadAsync(session => MemoryCounts.IdsAfter(session, after, PageOfRows), cancellationToken);
            foreach (var id in ids)
            {
                if (await _database.ReadAsync(session => MemoryColumns.Find(session, id), cancellationToken) is { } record)
                {
                    yield return record;
                }
            }

            last = ids.Count == 0 ? null : ids[^1];
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => _database.ReadAsync(MemoryCounts.Count, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var diagnosis = await SqliteUpkeep.DiagnoseAsync(_database, MemorySchema.CheckIndexes, cancellationToken);
        return diagnosis.Healthy && _vectors.FindDamaged() is { } path
            ? new(false, $"{path} is damaged.", "Delete it: it is made again from memories.db when it is needed.")
            : diagnosis;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vectors.Dispose();
        _database.Dispose();
    }

    private List<Candidate> NearestChunks(
        SqliteSession session, Partition partition, ReadOnlyMemory<float> query, int top, CancellationToken cancellationToken)
    {
        var file = _vectors.Hold(session, partition, query.Length);
        if (file is not null)
        {
            try
            {
                if (ChunkSearch.Find(session, partition, file, query, top, cancellationToken) is { } found)
                {
                    return found;
                }

                _vectors.Distrust(partition.Id, query.Length);
            }
            finally
            {
                file.Release();
            }
        }

        return ChunkSearch.Find(session, partition, file: null, query, top, cancellationToken)!;
    }

    private async ValueTask ScrubAsync()
    {
        try
        {
            using var alone = await _vectors.LockAsync(CancellationToken.None);
            await _database.AloneAsync(session => SqliteUpkeep.ScrubIfNoted(session, MemorySchema.RewriteIndexes, _vectors.Scrub), CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"The vectors in {VectorIndex.FolderName} cannot be cleaned: {error.Message}. Run `recollect forget` again.", isTransient: true, error);
        }
    }

    private static (List<MemoryHeader> Headers, long Last) HeadersAfter(SqliteSession session, string source, long after)
    {
        var headers = new List<MemoryHeader>(PageOfRows);
        using var row = session.Query(MemoryColumns.HeadersOfSource).With(source).With(after).With(PageOfRows);
        while (row.Read())
        {
            headers.Add(MemoryColumns.ReadHeader(row));
            after = row.Number(7);
        }

        return (headers, after);
    }
}
