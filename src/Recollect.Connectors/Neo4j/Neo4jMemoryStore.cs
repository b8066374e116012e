using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Keeps each memory in one <c>:Memory</c> node of Neo4j and finds it by vector, exactly.</summary>
internal sealed class Neo4jMemoryStore : IMemoryStore, IUserDirectory, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "neo4j";

    private const int IdsOfACall = 1_000;
    private const int RecordsOfACall = 32; // each may hold a long conversation
    private const int PageOfRows = 1_000;

    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromMinutes(1); // for what another program wrote

    private readonly Neo4jOptions _options;
    private readonly TimeProvider _time;
    private readonly QueryApi _api;
    private readonly WriteQueue _writes;
    private readonly Neo4jSchema _schema;
    private long _initializedAt; // 0: never

    public Neo4jMemoryStore(IOptions<Neo4jOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _api = new(_options, time);
        _writes = new(_api);
        _schema = new(_api, _options, time);
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

        await _schema.EnsureAsync(cancellationToken);
        await EtlNodes.AdoptAsync(_api, _options.SessionSource, cancellationToken);
        Interlocked.Exchange(ref _initializedAt, _time.GetTimestamp());
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryHeader>> GetHeadersAsync(IReadOnlyCollection<ThreadKey> threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        var headers = new List<MemoryHeader>();
        foreach (var ids in threads.Select(thread => thread.Id).Distinct(StringComparer.Ordinal).Chunk(IdsOfACall))
        {
            headers.AddRange(await _api.ReadAsync(Cypher.HeadersOfThreads, json => json.WriteTexts("threads", ids), Header, cancellationToken));
        }

        return headers;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryHeader> GetHeadersOfSourceAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var page = new List<MemoryHeader>();
        do
        {
            var after = page.Count == 0 ? string.Empty : page[^1].Id;
            page = await _api.ReadAsync(
                Cypher.HeadersOfSource,
                json =>
                {
                    json.WriteString("source", source);
                    json.WriteString("after", after);
                    json.WriteNumber("limit", PageOfRows);
                },
                Header,
                cancellationToken);
            foreach (var header in page)
            {
                yield return header;
            }
        }
        while (page.Count == PageOfRows);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryRecord>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var records = new List<MemoryRecord>();
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(RecordsOfACall))
        {
            records.AddRange(await ReadAsync(some, cancellationToken));
        }

        return records;
    }

    /// <inheritdoc/>
    public async ValueTask UpsertAsync(MemoryRecord record, IReadOnlyCollection<string> superseded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(superseded);
        cancellationToken.ThrowIfCancellationRequested();
        var touches = superseded.Append(record.Memory.Id).Append(Sessions.Of(record.Memory, _options.SessionSource)).ToHashSet(StringComparer.Ordinal);
        await _writes.StoreAsync(new(MemoryNode.Write(record, superseded, _options.SessionSource), touches), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var removed = 0L;
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(IdsOfACall))
        {
            removed += (await _api.WriteAsync(Cypher.Delete, json => json.WriteTexts("ids", some), static row => row.Number("memories"), cancellationToken)).Sum();
        }

        return (int)removed;
    }

    /// <inheritdoc/>
    public async ValueTask<ForgetCounts> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(user);
        var counts = await _api.WriteAsync(
            Cypher.Forget,
            json =>
            {
                json.WriteString("tenant", tenant);
                json.WriteString("user", user);
            },
            static row => new ForgetCounts(row.Number("memories"), row.Number("messages"), row.Number("chunks"), row.IsNull("ended") ? null : row.Instant("ended")),
            cancellationToken);
        return counts is [var found] ? found : new(0, 0, 0);
    }

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

        return await _api.ReadAsync(
            visibility.User is null ? Cypher.SearchShared : Cypher.SearchPersonal,
            json =>
            {
                json.WriteOwner(visibility);
                json.WriteNumber("dimensions", vector.Length);
                json.WriteVector("vector", vector.Span);
                json.WriteNumber("top", top);
            },
            static row => new VectorMatch(row.Text("id"), Math.Clamp(row.Fraction("similarity"), -1, 1), (int)row.Number("first"), (int)row.Number("last")),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemorySummary>> ListAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<MemorySummary>();
        for (var asked = 0; visibility.Scope is not null && asked == found.Count && asked < top;) // until a call gives less than was asked for
        {
            var some = Math.Min(top - found.Count, RecordsOfACall);
            asked += some;
            found.AddRange(await ListSomeAsync(visibility, found.Count == 0 ? after : found[^1].Place, some, cancellationToken));
        }

        return found;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MemoryRecord> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = string.Empty; last is not null;)
        {
            var after = last;
            var ids = await _api.ReadAsync(
                Cypher.IdsAfter,
                json =>
                {
                    json.WriteString("after", after);
                    json.WriteNumber("limit", PageOfRows);
                },
                static row => row.Text("id"),
                cancellationToken);
            foreach (var some in ids.Chunk(RecordsOfACall))
            {
                foreach (var record in (await ReadAsync(some, cancellationToken)).OrderBy(record => record.Memory.Id, StringComparer.Ordinal))
                {
                    yield return record;
                }
            }

            last = ids.Count == 0 ? null : ids[^1];
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<UserMemories>> ListUsersAsync(string tenant, ScopeFilter scopes, string? after, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return await _api.ReadAsync(
            Cypher.UsersAfter,
            json =>
            {
                json.WriteString("tenant", tenant);
                json.WriteTexts("scopes", scopes.Names);
                json.WriteBoolean("all_but", scopes.IsAllBut);
                json.WriteString("after", after ?? string.Empty);
                json.WriteNumber("top", top);
            },
            row => new UserMemories(tenant, row.Text("user"), row.Number("memories")),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var counts = await _api.ReadAsync(
            Cypher.Counts,
            parameters: null,
            static row => (MadeBy: row.Text("made_by"), Memories: row.Number("memories"), Messages: row.Number("messages"), Chunks: row.Number("chunks"), Oldest: row.Instant("oldest")),
            cancellationToken);
        var users = await _api.ReadAsync(Cypher.Users, parameters: null, static row => row.Number("users"), cancellationToken);
        var largest = await _api.ReadAsync(Cypher.LargestUsers, parameters: null, static row => new UserMemories(row.Text("tenant"), row.Text("user"), row.Number("memories")), cancellationToken);
        return new()
        {
            Memories = counts.Sum(count => count.Memories),
            Messages = counts.Sum(count => count.Messages),
            Chunks = counts.Sum(count => count.Chunks),
            Users = users.Sum(),
            MemoriesByMadeBy = counts.ToDictionary(count => count.MadeBy, count => count.Memories, StringComparer.Ordinal),
            OldestByMadeBy = counts.ToDictionary(count => count.MadeBy, count => count.Oldest, StringComparer.Ordinal),
            LargestUsers = largest,
        };
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => new Neo4jDoctor(_api, _schema, _options).DiagnoseAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writes.Dispose();
        _api.Dispose();
    }

    private MemoryHeader Header(QueryRow row) => NodeReader.Header(row, _options.Dimensions);

    private Task<List<MemorySummary>> ListSomeAsync(Visibility visibility, MemoryPlace? after, int top, CancellationToken cancellationToken) => _api.ReadAsync(
        visibility.User is null ? Cypher.ListShared : Cypher.ListPersonal,
        json =>
        {
            json.WriteOwner(visibility);
            json.WriteNumber("ended", after?.EndedAt.UtcTicks ?? long.MaxValue);
            json.WriteString("id", after?.Id ?? string.Empty);
            json.WriteNumber("top", top);
        },
        NodeReader.Summary,
        cancellationToken);

    private Task<List<MemoryRecord>> ReadAsync(string[] ids, CancellationToken cancellationToken) =>
        _api.ReadAsync(Cypher.Records, json => json.WriteTexts("ids", ids), NodeReader.Record, cancellationToken);
}
