using System.Globalization;
using Npgsql;
using Recollect.Conformance;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A PostgreSQL with pgvector that needs no package of the system: PGlite, which has one database and does one thing at a time.</summary>
public sealed class PgvectorServer : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(Repository.Root, "artifacts/servers/node_modules/.bin/pglite-server");

    private ServerProcess? _process;

    /// <summary>Gets the id of its process; 0 before it was asked for.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Gets how to connect to the database; null before it was asked for.</summary>
    public NpgsqlConnectionStringBuilder? Database { get; private set; }

    /// <summary>Gets the database, empty but for the extension, which the first store installs.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<NpgsqlConnectionStringBuilder> EmptyAsync()
    {
        Database ??= await StartAsync();
        await ExecuteAsync("DROP SCHEMA IF EXISTS recollect CASCADE");
        return Database;
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(Database!.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? default;

    private async Task<NpgsqlConnectionStringBuilder> StartAsync()
    {
        Required.Unless(File.Exists(Program), "PGlite with pgvector");
        var port = PostgresServer.FreePort();
        string[] arguments =
        [
            "-c", "exec \"$@\" 1>&2", "pglite", "node", Program, "-d", "memory://", "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
            "-m", "10", "-e", "@electric-sql/pglite-pgvector:vector",
        ];
        _process = await ServerProcess.StartAsync("sh", arguments, line => line.Contains("listening on", StringComparison.Ordinal));
        return new() { Host = "127.0.0.1", Port = port, Username = "postgres", Password = "none", Database = "postgres", SslMode = SslMode.Disable, MaxPoolSize = 1 };
    }
}
