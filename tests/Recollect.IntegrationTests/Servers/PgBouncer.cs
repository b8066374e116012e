using System.Globalization;
using Npgsql;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A pooler in front of a PostgreSQL server, which hands out a connection for one transaction at a time.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly string _folder;

    private PgBouncer(ServerProcess process, string folder, int port, NpgsqlConnectionStringBuilder database)
    {
        (_process, _folder) = (process, folder);
        Connection = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = database.Username, Database = database.Database }.ConnectionString;
    }

    /// <summary>Gets how to connect through it.</summary>
    public string Connection { get; }

    /// <summary>Starts one.</summary>
    /// <param name="database">The database behind it.</param>
    /// <param name="connections">How many connections it has to the server.</param>
    public static async Task<PgBouncer> StartAsync(NpgsqlConnectionStringBuilder database, int connections)
    {
        const string Program = "/usr/sbin/pgbouncer";
        Required.Unless(File.Exists(Program), "PgBouncer");
        var folder = Directory.CreateTempSubdirectory("recollect-pgbouncer-").FullName;
        var (settings, port) = (Path.Combine(folder, "pgbouncer.ini"), PostgresServer.FreePort());
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            {database.Database} = host={database.Host} port={database.Port} user={database.Username} password='{database.Password}'
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {connections}

            """));
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
        if (user.Length > 0)
        {
            await ServerProcess.RunAsync("chown", "-R", "postgres", folder); // it refuses to run as root
        }

        string[] start = [.. user, Program, settings];
        return new(await ServerProcess.StartAsync(start[0], start[1..], line => line.Contains("process up", StringComparison.Ordinal)), folder, port, database);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync("TERM");
        Directory.Delete(_folder, recursive: true);
    }
}
