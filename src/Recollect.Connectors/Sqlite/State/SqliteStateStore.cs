using Microsoft.Extensions.Options;
using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>Keeps what the engine must remember between runs in <c>state.db</c> of the data root, and its locks in files beside it.</summary>
internal sealed class SqliteStateStore : IStateStore, IStateCopy, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "sqlite";

    private static readonly SqliteProfile Profile = new()
    {
        FileName = "state.db",
        Synchronous = "FULL", // what was promised to the outside must survive a power cut
        PageSize = 4096,
        Migrations = StateSchema.Migrations,
        Repair = "Put a copy of it back that was made while nothing ran. Without one, delete it together with its -wal and -shm files and forget "
            + "again whoever had been forgotten: memories are kept, but tombstones, owed deliveries and pauses are lost.",
        Fail = static (message, isTransient, cause) => new StateStoreException(message, isTransient, cause),
    };

    private static readonly string[] TablesOfUsers = ["run_entries", "pending", "outbox", "paid_embeddings", "paid_writings", "queued", "edits"];

    private readonly SqliteDatabase _database;

    /// <summary>Initializes a new instance of the <see cref="SqliteStateStore"/> class.</summary>
    /// <param name="options">Where the data root is.</param>
    /// <param name="time">The clock, for claims and for the note of who holds a lock.</param>
    public SqliteStateStore(IOptions<DataOptions> options, TimeProvider time)
    {
        _database = new(Profile, options.Value.Root);
        Runs = new SqliteRunJournal(_database);
        Pending = new SqlitePendingConversations(_database);
        Watermarks = new SqliteWatermarks(_database);
        Outbox = new SqliteOutbox(_database);
        Tombstones = new SqliteTombstones(_database);
        Edits = new SqliteMemoryEdits(_database);
        Leases = new FileLeases(options.Value.Root, time);
        PaidEmbeddings = new SqlitePaidEmbeddings(_database);
        PaidWritings = new SqlitePaidWritings(_database);
        Claims = new SqliteClaims(_database, time);
        Queued = new SqliteQueuedConversations(_database);
    }

    /// <inheritdoc/>
    public string Name => StoreName;

    /// <inheritdoc/>
    public IRunJournal Runs { get; }

    /// <inheritdoc/>
    public IPendingConversations Pending { get; }

    /// <inheritdoc/>
    public IWatermarks Watermarks { get; }

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <inheritdoc/>
    public ITombstones Tombstones { get; }

    /// <inheritdoc/>
    public IMemoryEdits Edits { get; }

    /// <inheritdoc/>
    public ILeases Leases { get; }

    /// <inheritdoc/>
    public IPaidEmbeddings PaidEmbeddings { get; }

    /// <inheritdoc/>
    public IPaidWritings PaidWritings { get; }

    /// <inheritdoc/>
    public IClaims Claims { get; }

    /// <inheritdoc/>
    public IQueuedConversations Queued { get; }

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _database.InitializeAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> ForgetAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(user);
        var removed = await _database.WriteAsync(session =>
        {
            var count = TablesOfUsers.Sum(table => (long)session.Query($"DELETE FROM {table} WHERE tenant = ?1 AND user = ?2").With(tenant).With(user).Run());
            if (count > 0)
            {
                SqliteUpkeep.NoteScrub(session);
            }

            return count;
        }, cancellationToken);
        await _database.AloneAsync(static session => SqliteUpkeep.ScrubIfNoted(session, ""), CancellationToken.None); // what is removed must also become unreadable
        return removed;
    }

    /// <inheritdoc/>
    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => SqliteUpkeep.DiagnoseAsync(_database, "", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CopyAsync(string path, CancellationToken cancellationToken)
    {
        PrivateFile.CreateIfMissing(path);
        await _database.AloneAsync(session => session.Query("VACUUM INTO ?1").With(path).Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryRestoreAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (File.Exists(_database.Path))
        {
            return false;
        }

        var partial = _database.Path + ".partial";
        try
        {
            await using (var file = PrivateFile.OpenAlone(partial))
            {
                file.SetLength(0);
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, _database.Path, overwrite: false);
            return true;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
