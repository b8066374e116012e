using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Conformance;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A Chroma server: the one that <c>TEST_CHROMA</c> names, or one of this machine's own that is started when a test first asks for it.</summary>
public sealed class ChromaServer : IAsyncDisposable
{
    private const string Tenant = "/api/v2/tenants/default_tenant/databases";

    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts/servers");

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HttpClient _http = new();
    private readonly string _data = Directory.CreateTempSubdirectory("recollect-chroma-").FullName;
    private ServerProcess? _process;
    private int _databases;

    /// <summary>Gets the address; empty before a database was asked for.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Gets the id of its process; 0 where it is not of this machine's own.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Gets the folder of what it keeps, where it is of this machine's own.</summary>
    public string DataFolder => _data;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (Url.Length == 0)
            {
                Url = Environment.GetEnvironmentVariable("TEST_CHROMA") is { Length: > 0 } given ? given.TrimEnd('/') : await StartAsync();
            }
        }
        finally
        {
            _gate.Release();
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await CallAsync(HttpMethod.Post, Tenant, new() { ["name"] = name });
        return name;
    }

    /// <summary>Makes a call as another program would.</summary>
    /// <param name="method">The method.</param>
    /// <param name="database">The database.</param>
    /// <param name="path">The path behind <c>collections</c>.</param>
    /// <param name="body">What is sent; null for nothing.</param>
    public Task<JsonElement> CallAsync(HttpMethod method, string database, string path, JsonObject? body = null) => CallAsync(method, $"{Tenant}/{database}/collections{path}", body);

    /// <summary>Makes a collection as a bot before does.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateCollectionAsync(string database, string name, string space = "cosine") =>
        (await CallAsync(HttpMethod.Post, database, string.Empty, new() { ["name"] = name, ["metadata"] = new JsonObject { ["hnsw:space"] = space } })).GetProperty("id").GetString()!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.StopAsync("KILL");
        }

        Directory.Delete(_data, recursive: true);
        _http.Dispose();
        _gate.Dispose();
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, $"{Url}{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string> StartAsync()
    {
        const string Program = "require('chromadb-js-bindings-linux-x64-gnu').cli(['chroma', 'run', '--path', process.argv[1], '--host', '127.0.0.1', '--port', process.argv[2]])";
        Required.Unless(Directory.Exists(Path.Combine(Folder, "node_modules/chromadb-js-bindings-linux-x64-gnu")), "Chroma");
        var port = PostgresServer.FreePort().ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["-C", Folder, "sh", "-c", "exec \"$@\" 1>&2", "chroma", "node", "-e", Program, _data, port];
        _process = await ServerProcess.StartAsync("env", arguments, line => line.Contains("OpenTelemetry is not enabled", StringComparison.Ordinal)); // its last word before it listens
        while (!await IsListeningAsync($"http://127.0.0.1:{port}/api/v2/heartbeat"))
        {
            await Task.Yield();
        }

        return $"http://127.0.0.1:{port}";
    }

    private async Task<bool> IsListeningAsync(string heartbeat)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(heartbeat));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
