using System.Globalization;
using Npgsql;
using Recollect.Conversations;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>Advisory locks of the server, each held by a connection of its own: when a process dies, the server gives its locks back.</summary>
/// <remarks>
/// The lock belongs to a transaction that stays open and does nothing else, not to the session: so it holds behind a pooler too, which may hand out the
/// connection to another as soon as a transaction ends. Such a transaction keeps no row from being cleaned up. A connection that breaks is noticed here
/// before the server gives the lock to another, but for one that the server itself ends.
/// </remarks>
internal sealed class PostgresLeases(PostgresDatabase database, TimeSpan keepAlive) : ILeases
{
    private const string NamePrefix = "recollect ";
    private const int CommandSeconds = 10;
    private const int LongestHost = 32; // a name of an application has 63 bytes

    /// <summary>The server lets nothing end a transaction that waits, and notices within a minute or so that the other side is gone.</summary>
    private const string Prepare =
        """
        SELECT set_config(name, wanted, true) FROM pg_settings JOIN (VALUES
            ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'),
            ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) AS w(name, wanted) USING (name)
        """;

    private const string Describe =
        """
        SELECT a.application_name, a.xact_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.classid = (($1 >> 32) & 4294967295)::oid AND l.objid = ($1 & 4294967295)::oid
        """;

    /// <inheritdoc/>
    public async ValueTask<ILease?> TryAcquireAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return await database.HoldAsync(Name, (connection, token) => TryLockAsync(connection, KeyOf(name), token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<string?> DescribeHolderAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var holders = await database.ReadAsync((connection, token) => connection.ListAsync(Describe, [KeyOf(name)], Read, token), cancellationToken);
        return holders.FirstOrDefault();
    }

    private static async ValueTask<ILease?> TryLockAsync(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.RunAsync(Prepare, [], cancellationToken);
        return await connection.ValueAsync<bool>("SELECT pg_try_advisory_xact_lock($1)", [key], cancellationToken) ? new PostgresLease(connection, transaction) : null;
    }

    private static string Read(NpgsqlDataReader row)
    {
        var name = row.GetString(0);
        var holder = name.StartsWith(NamePrefix, StringComparison.Ordinal) ? name[NamePrefix.Length..] : "another process";
        return row.IsDBNull(1) ? holder : string.Create(CultureInfo.InvariantCulture, $"{holder} since {row.GetDateTime(1):yyyy-MM-dd HH:mm:ss} UTC");
    }

    private static long KeyOf(string name) => long.Parse(StableHash.Of(sizeof(long), "lease", name), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void Name(NpgsqlConnectionStringBuilder connection)
    {
        var host = Environment.MachineName;
        connection.ApplicationName = string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}process {Environment.ProcessId} on {host[..Math.Min(host.Length, LongestHost)]}");
        connection.KeepAlive = (int)keepAlive.TotalSeconds;
        connection.CommandTimeout = CommandSeconds;
    }
}
