using System.Globalization;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Creates what is missing of constraint and indexes, and tells what is wrong with those that are there.</summary>
/// <param name="api">The server.</param>
/// <param name="options">How they should be.</param>
/// <param name="time">Times the waiting.</param>
internal sealed class Neo4jSchema(QueryApi api, Neo4jOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Creates what is missing and waits until it can be used.</summary>
    /// <exception cref="MemoryStoreException">The server is too old, or what is there does not fit.</exception>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        var (version, _) = await VersionAsync(cancellationToken);
        var indexes = await IndexesAsync(cancellationToken);
        var vectors = indexes.Find(index => index.IsOfVectors);
        if (vectors is not null && WhatIsWrongWith(vectors) is { } wrong)
        {
            throw new MemoryStoreException(wrong);
        }

        var missing = await MissingAsync(indexes, cancellationToken);
        foreach (var statement in missing)
        {
            await CreateAsync(statement, cancellationToken);
        }

        if (vectors is null)
        {
            await CreateVectorIndexAsync(version, cancellationToken);
        }

        await AwaitAsync(vectors is null || missing.Count > 0 ? await IndexesAsync(cancellationToken) : indexes, cancellationToken);
    }

    /// <summary>Gets version and edition.</summary>
    /// <exception cref="MemoryStoreException">It is too old.</exception>
    public async ValueTask<(ServerVersion Version, string Edition)> VersionAsync(CancellationToken cancellationToken)
    {
        var rows = await api.ReadAsync(Cypher.Components, parameters: null, static row => (Version: row.Text("version"), Edition: row.Text("edition")), cancellationToken);
        if (rows is not [var (text, edition)] || ServerVersion.Parse(text) is not { } version)
        {
            throw api.Failures.OfShape(cause: null);
        }

        return version.IsAtLeast(ServerVersion.Oldest)
            ? (version, edition)
            : throw new MemoryStoreException($"{api.Failures.Server} is of version {version}; {ServerVersion.Oldest} is the oldest that can be used. Upgrade it.");
    }

    /// <summary>Gets all indexes.</summary>
    public Task<List<IndexState>> IndexesAsync(CancellationToken cancellationToken) => api.ReadAsync(Cypher.Indexes, parameters: null, IndexState.Read, cancellationToken);

    /// <summary>Says what is wrong with the vector index, and how to mend it; null when nothing is.</summary>
    public string? WhatIsWrongWith(IndexState index)
    {
        var wrong = index.Dimensions != options.Dimensions && index.Dimensions is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{index.Dimensions} dimensions, and {Neo4jOptions.SectionName}:Dimensions is {options.Dimensions}")
            : !string.Equals(index.Similarity, "cosine", StringComparison.OrdinalIgnoreCase) && index.Similarity is not null ? $"the similarity {index.Similarity}, where cosine is needed"
            : null;
        return wrong is not null
            ? $"The vector index \"{index.Name}\" has {wrong}. An index cannot be changed: run {Cypher.DropIndex(index.Name)} in the database \"{options.Database}\" if no other program needs it, or set Dimensions to the index's; the next run creates it again. Nodes stay as they are."
            : !string.Equals(index.Name, options.IndexName, StringComparison.Ordinal) ? $"The vector index on :Memory(embedding) is named \"{index.Name}\", and there can be one only. Set {Neo4jOptions.SectionName}:IndexName to it."
            : null;
    }

    /// <summary>Counts the sessions that more than one node has, which stand in the way of the constraint.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public async ValueTask<string?> WhatIsWrongWithSessionsAsync(CancellationToken cancellationToken)
    {
        var counts = await api.ReadAsync(Cypher.DuplicateSessions, parameters: null, static row => row.Number("sessions"), cancellationToken);
        return counts is [var count] && count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{count} values of source_session stand at more than one :Memory node, so the constraint that makes them unique cannot be created. Remove all but the newest of each: MATCH (m:Memory) WITH m ORDER BY m.source_updated_at_ts DESC WITH m.source_session AS session, collect(m) AS nodes WHERE session IS NOT NULL UNWIND nodes[1..] AS node DETACH DELETE node")
            : null;
    }

    private async ValueTask<List<string>> MissingAsync(List<IndexState> indexes, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        if (!indexes.Exists(index => index.IsSessionConstraint))
        {
            if (await WhatIsWrongWithSessionsAsync(cancellationToken) is { } wrong)
            {
                throw new MemoryStoreException(wrong);
            }

            missing.Add(Cypher.CreateSessionConstraint);
        }

        missing.AddRange(Cypher.PlainIndexes.Where(plain => !indexes.Exists(index => string.Equals(index.Name, plain.Key, StringComparison.Ordinal))).Select(plain => plain.Value));
        return missing;
    }

    private async Task CreateAsync(string statement, CancellationToken cancellationToken) => await api.WriteAsync(statement, parameters: null, static _ => true, cancellationToken);

    private async Task CreateVectorIndexAsync(ServerVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync(Cypher.CreateVectorIndex(version, options.IndexName, options.Dimensions), cancellationToken);
        }
        catch (MemoryStoreException ex) when (!ex.IsTransient && version.HasFilterableIndex) // the first that could filter had it as a preview, which may be off
        {
            await CreateAsync(Cypher.CreateVectorIndex(ServerVersion.Oldest, options.IndexName, options.Dimensions), cancellationToken);
        }
    }

    private async ValueTask AwaitAsync(List<IndexState> indexes, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (indexes.Find(index => index.Properties.Count > 0 && !index.IsOnline) is { } index)
        {
            if (index.IsFailed)
            {
                throw new MemoryStoreException($"The index \"{index.Name}\" has failed. Look at the server's log, then run {Cypher.DropIndex(index.Name)}; the next run creates it again.");
            }

            if (time.GetElapsedTime(start) >= Patience)
            {
                throw new MemoryStoreException($"The index \"{index.Name}\" is still being filled after {Patience.TotalMinutes:0} minutes. Run again later.", isTransient: true);
            }

            await Task.Delay(Pause, time, cancellationToken);
            indexes = await IndexesAsync(cancellationToken);
        }
    }
}
