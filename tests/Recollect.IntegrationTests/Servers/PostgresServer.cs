using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A PostgreSQL server: the one that <c>TEST_POSTGRES</c> names (as an administrator), or one of this machine's own that is started when a test first asks for it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Password = "pass:word/1";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<string> _databases = [];
    private string? _connection;
    private string? _folder;
    private ServerProcess? _process;

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it as an administrator.</returns>
    public async Task<NpgsqlConnectionStringBuilder> CreateDatabaseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _connection ??= Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } given ? given : await StartAsync();
            var name = string.Create(CultureInfo.InvariantCulture, $"recollect_{Environment.ProcessId}_{_databases.Count}");
            await ExecuteAsync($"DROP DATABASE IF EXISTS {name}");
            await ExecuteAsync($"CREATE DATABASE {name}");
            _databases.Add(name);
            return new(_connection) { Database = name };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            foreach (var name in _databases)
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            }
        }
        else
        {
            await _process.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
        }

        _gate.Dispose();
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb"))) : null;
        Required.Unless(programs is not null, "PostgreSQL");
        _folder = Directory.CreateTempSubdirectory("recollect-postgres-").FullName;
        var data = Path.Combine(_folder, "data");
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
        if (user.Length > 0)
        {
            await ServerProcess.RunAsync("chown", "-R", "postgres", _folder); // it refuses to run as root
        }

        string[] make = [.. user, Path.Combine(programs!, "initdb"), "-D", data, "-U", "postgres", "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"];
        await ServerProcess.RunAsync(make[0], make[1..]);
        var port = FreePort();
        string[] start =
        [
            .. user, Path.Combine(programs!, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off",
        ];
        _process = await ServerProcess.StartAsync(start[0], start[1..], line => line.Contains("ready to accept connections", StringComparison.Ordinal));
        return new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "postgres", Password = Password, Database = "postgres" }.ConnectionString;
    }

    /// <summary>Finds a port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port;
    }
}
