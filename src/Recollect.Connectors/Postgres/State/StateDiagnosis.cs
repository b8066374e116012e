using System.Globalization;
using Npgsql;

namespace Recollect.Connectors.Postgres.State;

/// <summary>Looks at a database that keeps the state, and says how to mend what is wrong.</summary>
internal static class StateDiagnosis
{
    private const string Look =
        """
        SELECT current_setting('server_version'), pg_encoding_to_char(encoding), current_setting('transaction_read_only') = 'on', pg_backend_pid(),
            current_setting('fsync') = 'off' OR current_setting('synchronous_commit') = 'off', current_setting('autovacuum') = 'off',
            (SELECT count(*) FROM recollect.pending),
            (SELECT count(*) FROM recollect.queued WHERE NOT is_done AND sent_at IS NULL) + (SELECT count(*) FROM recollect.queued WHERE NOT is_done AND sent_at IS NOT NULL),
            (SELECT string_agg(DISTINCT privilege || ' ON recollect.' || relname, ', ')
                FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) privilege
                WHERE relnamespace = 'recollect'::regnamespace AND relname = ANY($1) AND NOT has_table_privilege(oid, privilege))
        FROM pg_database WHERE datname = current_database()
        """;

    /// <summary>Looks at it.</summary>
    public static async ValueTask<Diagnosis> OfAsync(NpgsqlConnection connection, string server, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(Look, [PostgresStateStore.Tables.ToArray()], row => Judge(row, server, connection.ProcessID), cancellationToken);
        return found[0];
    }

    private static Diagnosis Judge(NpgsqlDataReader row, string server, int process)
    {
        var (encoding, missing) = (row.GetString(1), row.IsDBNull(8) ? null : row.GetString(8));
        if (!string.Equals(encoding, "UTF8", StringComparison.Ordinal))
        {
            return new(Healthy: false, $"{server} keeps text of this database as {encoding}, which not every text fits.", "Create a database with ENCODING 'UTF8' and let the connection name it.");
        }

        if (row.GetBoolean(2))
        {
            return new(Healthy: false, $"{server} takes no writes: it may be a replica.", $"Let {PostgresStateOptions.SectionName}:ConnectionString name the primary.");
        }

        return missing is null
            ? new(
                Healthy: true,
                string.Create(CultureInfo.InvariantCulture, $"{server} (version {row.GetString(0)}) keeps the state: {row.GetInt64(6)} conversations pending, {row.GetInt64(7)} queued"),
                Advice(row, process))
            : new(Healthy: false, $"{server} does not let the user do everything.", $"GRANT {missing} to it.");
    }

    private static string? Advice(NpgsqlDataReader row, int process)
    {
        List<string> advice = [];
        if (row.GetInt32(3) != process)
        {
            advice.Add("A pooler stands between; it must keep a transaction on one connection, for as long as a run takes.");
        }

        if (row.GetBoolean(4))
        {
            advice.Add("fsync or synchronous_commit is off: what was paid for or delivered last may be asked for again after a power cut.");
        }

        if (row.GetBoolean(5))
        {
            advice.Add("autovacuum is off: what is removed stays in the server's files until somebody runs VACUUM.");
        }

        return advice.Count == 0 ? null : string.Join(' ', advice);
    }
}
