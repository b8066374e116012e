using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using Recollect.Cli;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Server;
using Recollect.Server.Access;
using Xunit;

namespace Recollect.IntegrationTests.Mcp;

/// <summary>A server on a free port with memories of several users, scopes and tenants, and where asked for two agents that may ask it.</summary>
internal sealed class McpPlace : IAsyncDisposable
{
    public const string NoorKey = "key-of-noor";
    public const string MaestroKey = "key-of-maestro";
    public const string Stateless = "2026-07-28";

    private static readonly string[] Chats =
    [
        """{"id":"m1","thread":"home","user":"dana","role":"user","text":"I moved to 14 Elm Street in Leeds last week.","sent_at":"2024-01-05T10:00:00Z"}""",
        """{"id":"m2","thread":"home","user":"dana","role":"assistant","text":"Noted: your new address is 14 Elm Street, Leeds.","sent_at":"2024-01-05T10:00:30Z"}""",
        """{"id":"m1","thread":"trip","user":"61","role":"user","text":"I booked the hotel Miramar in a street of Lisbon.","sent_at":"2024-02-01T08:00:00Z"}""",
        """{"id":"m1","thread":"plan","user":"61","scope":"ministry","role":"user","text":"The street works of the ministry begin in May.","sent_at":"2024-02-02T08:00:00Z"}""",
        """{"id":"m1","thread":"vault","user":"61","scope":"secrets","role":"user","text":"The street of the vault is Quarry Lane.","sent_at":"2024-02-03T08:00:00Z"}""",
        """{"id":"m1","thread":"other","user":"dana","tenant":"acme","role":"user","text":"Acme has a street named after it.","sent_at":"2024-02-04T08:00:00Z"}""",
    ];

    private readonly ScratchFolder _folder = new();
    private readonly RecollectServer _server;

    private McpPlace(IEnumerable<string> chats, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var file = Path.Combine(_folder.Path, "chats.jsonl");
        File.WriteAllLines(file, chats);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Server:Urls", "http://127.0.0.1:0"),
            new("Data:Root", Path.Combine(_folder.Path, "data")),
            new("Sources:Files:Paths:0", file),
        ]).AddInMemoryCollection(settings).Build();
        _server = RecollectServer.Create(configuration, services => Composition.Add(services, configuration));
        Client = new(new SocketsHttpHandler { UseProxy = false });
    }

    /// <summary>Gets the settings of two agents: one that may read three scopes, and one of another tenant that may read secrets, too.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Agents { get; } =
    [
        new("Server:Agents:0:Name", "noor"), new("Server:Agents:0:KeyHash", ApiKey.HashOf(NoorKey)),
        new("Server:Agents:0:Scopes:0", "personal"), new("Server:Agents:0:Scopes:1", "departmental"), new("Server:Agents:0:Scopes:2", "ministry"),
        new("Server:Agents:1:Name", "maestro"), new("Server:Agents:1:KeyHash", ApiKey.HashOf(MaestroKey).ToUpperInvariant()),
        new("Server:Agents:1:Scopes:0", "personal"), new("Server:Agents:1:Scopes:1", "secrets"),
        new("Server:Agents:2:Name", "acme"), new("Server:Agents:2:KeyHash", ApiKey.HashOf("key-of-acme")), new("Server:Agents:2:Tenant", "acme"), new("Server:Agents:2:Scopes:0", "personal"),
    ];

    public HttpClient Client { get; }

    public Uri Address => new(Assert.Single(_server.Urls));

    public IServiceProvider Services => _server.Services;

    public static async Task<McpPlace> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null, IEnumerable<string>? chats = null)
    {
        var place = new McpPlace(chats ?? Chats, settings ?? []);
        await place.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = Recollect.Runs.RunMode.Backfill }, progress: null, CancellationToken.None);
        await place._server.StartAsync(CancellationToken.None);
        place.Client.BaseAddress = place.Address;
        return place;
    }

    /// <summary>Connects the client of the C# SDK.</summary>
    public Task<McpClient> ConnectAsync(string? version, string? key = null) => McpClient.CreateAsync(
        new HttpClientTransport(
            new()
            {
                Endpoint = new(Address, "/mcp"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = key is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Bearer {key}" },
            },
            new HttpClient(new SocketsHttpHandler { UseProxy = false }),
            ownsHttpClient: true),
        new() { ProtocolVersion = version });

    /// <summary>Posts a body with the headers that clients of the protocol send; a header that is null is left out.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> PostAsync(string body, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, headers.FirstOrDefault(header => header.Name is ":path").Value ?? "/mcp");
        var type = headers.FirstOrDefault(header => header.Name is "Content-Type");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type.Name is null ? "application/json" : type.Value);
        var all = headers.Any(header => header.Name is "Accept") ? headers : [("Accept", "application/json, text/event-stream"), .. headers];
        foreach (var (name, value) in all.Where(header => header is { Value: not null, Name: not (":path" or "Content-Type") }))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await Client.SendAsync(request);
        return (response.StatusCode, Parse(await response.Content.ReadAsStringAsync()), response);
    }

    /// <summary>Posts a request of the revision without sessions, with all that it has to say.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> PostStatelessAsync(string method, string parameters = "", params (string Name, string? Value)[] headers)
    {
        const string Meta = """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}} """;
        var body = $$$"""{"jsonrpc":"2.0","id":7,"method":"{{{method}}}","params":{ {{{(parameters.Length == 0 ? Meta : $"{parameters},{Meta}")}}} } }""";
        var usual = new (string Name, string? Value)[] { ("MCP-Protocol-Version", Stateless), ("Mcp-Method", method), ("Mcp-Name", method is "tools/call" ? "recall_memory" : null) };
        return PostAsync(body, [.. usual.Where(header => headers.All(other => !string.Equals(other.Name, header.Name, StringComparison.Ordinal))), .. headers]);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallPlainAsync(string body, string? key = null)
    {
        var (status, answer, response) = await PostAsync(body, (":path", "/mcp/tool/call"), ("Authorization", key is null ? null : $"Bearer {key}"));
        response.Dispose();
        return (status, answer);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Reads JSON, or the last event of a stream.</summary>
    private static JsonElement Parse(string text)
    {
        var json = text.StartsWith("event:", StringComparison.Ordinal) ? text.Split('\n').Last(line => line.StartsWith("data:", StringComparison.Ordinal))["data:".Length..] : text;
        if (json.Length == 0)
        {
            return default;
        }

        Assert.DoesNotContain("   at ", json, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
