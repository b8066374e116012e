using Microsoft.Extensions.Options;
using Npgsql;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>Keeps what the engine must remember between runs in a PostgreSQL database, for any number of hosts.</summary>
internal sealed class PostgresStateStore : IStateStore, IAsyncDisposable, IDisposable
{
    /// <summary>The name in configuration.</summary>
    public const string StoreName = "postgres";

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private static readonly PostgresUse Use = new()
    {
        Section = PostgresStateOptions.SectionName,
        Fail = static (message, isTransient, cause) => new StateStoreException(message, isTransient, cause),
        RightsAdvice = "GRANT CREATE ON DATABASE to it for the first start and after updates, or let its owner run recollect doctor; "
            + "after that USAGE ON SCHEMA recollect and SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA recollect are enough.",
        NamesAdvice = "The schema recollect was changed by hand: restore it, or drop its tables and schema_versions to begin with an empty state.",
    };

    /// <summary>What carries a user, with the columns of the primary key, in whose order rows are locked.</summary>
    private static readonly (string Table, string Keys)[] TablesOfUsers =
    [
        ("run_entries", "run_id, conversation_id"), ("pending", "conversation_id"), ("outbox", "delivery, key"), ("paid_embeddings", "conversation_id, key"),
        ("paid_writings", "conversation_id"), ("queued", "thread_hash"), ("edits", "thread_id, at"),
    ];

    /// <summary>The tables of the state.</summary>
    internal static readonly IReadOnlyList<string> Tables = [.. TablesOfUsers.Select(static one => one.Table), "runs", "watermarks", "tombstones", "claims"];

    private static readonly string Vacuum = $"VACUUM {string.Join(", ", TablesOfUsers.Select(static one => $"recollect.{one.Table}"))}";

    private readonly PostgresDatabase _database;

    /// <summary>Initializes a new instance of the <see cref="PostgresStateStore"/> class.</summary>
    /// <param name="options">Which database.</param>
    public PostgresStateStore(IOptions<PostgresStateOptions> options)
        : this(options.Value, KeepAlive)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PostgresStateStore"/> class.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="keepAlive">How often a connection that holds a lock is tried; at least a second.</param>
    internal PostgresStateStore(PostgresStateOptions options, TimeSpan keepAlive)
    {
        _database = new(options.ConnectionString, options.CommandTimeout, Use, "state", StateSchema.Migrations);
        Runs = new PostgresRunJournal(_database);
        Pending = new PostgresPendingConversations(_database);
        Watermarks = new PostgresWatermarks(_database);
        Outbox = new PostgresOutbox(_database);
        Tombstones = new PostgresTombstones(_database);
        Edits = new PostgresMemoryEdits(_database);
        Leases = new PostgresLeases(_database, keepAlive);
        PaidEmbeddings = new PostgresPaidEmbeddings(_database);
        PaidWritings = new PostgresPaidWritings(_database);
        Claims = new PostgresClaims(_database);
        Queued = new PostgresQueuedConversations(_database);
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
        var removed = await _database.WriteAsync(async (connection, token) =>
        {
            var count = 0L;
            foreach (var (table, keys) in TablesOfUsers)
            {
                count += await connection.RunAsync(
                    $"""
                    WITH gone AS (SELECT {keys} FROM recollect.{table} WHERE tenant = $1 AND user_id = $2 ORDER BY {keys} FOR UPDATE)
                    DELETE FROM recollect.{table} WHERE ({keys}) IN (SELECT {keys} FROM gone)
                    """,
                    [ExactText.Encode(tenant), ExactText.Encode(user)],
                    token);
            }

            return count;
        }, cancellationToken);
        await _database.ReadAsync(VacuumAsync, CancellationToken.None); // what is removed must also leave the tables' pages
        return removed;
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            var diagnosis = await _database.ReadAsync((connection, token) => StateDiagnosis.OfAsync(connection, _database.Server, token), cancellationToken);
            await using var probe = await Leases.TryAcquireAsync("doctor", cancellationToken); // null: another doctor has shown that it works
            return diagnosis;
        }
        catch (StateStoreException ex)
        {
            return new(Healthy: false, ex.Message);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    /// <summary>Clears what was removed out of the tables that carry users.</summary>
    internal static async ValueTask<int> VacuumAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Vacuum, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
