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
    private string[] _start = [];
    private ServerProcess? _process;
    private bool _isOwn;

    /// <summary>Makes a server of this machine's own, which a test may stop and start without harm to others.</summary>
    public static PostgresServer OfItsOwn() => new() { _isOwn = true };

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it as an administrator.</returns>
    public async Task<NpgsqlConnectionStringBuilder> CreateDatabaseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _connection ??= !_isOwn && Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } given ? given : await MakeAsync();
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

    /// <summary>Stops the server, which breaks every connection. Its databases stay.</summary>
    /// <param name="isCrash">Whether it has no time to tidy up, and recovers at its next start.</param>
    /// <exception cref="InvalidOperationException">It is not this machine's own, or was not asked for a database yet.</exception>
    public async Task StopAsync(bool isCrash = false)
    {
        await (_process ?? throw new InvalidOperationException("Only a server that runs, made by OfItsOwn, can be stopped.")).StopAsync(isCrash ? "QUIT" : "INT");
        _process = null;
    }

    /// <summary>Starts the server that was stopped, at the same address.</summary>
    public async Task StartAsync() => _process = await ServerProcess.StartAsync(_start[0], _start[1..], IsReady);

    /// <summary>Stops the server and starts it again.</summary>
    /// <param name="isCrash">Whether it has no time to tidy up.</param>
    public async Task RestartAsync(bool isCrash = false)
    {
        await StopAsync(isCrash);
        await StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
        {
            foreach (var name in _databases)
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            }
        }
        else
        {
            await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
            Directory.Delete(_folder, recursive: true);
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

    private static bool IsReady(string line) => line.Contains("ready to accept connections", StringComparison.Ordinal);

    private async Task<string> MakeAsync()
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
        _start =
        [
            .. user, Path.Combine(programs!, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off",
        ];
        await StartAsync();
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
