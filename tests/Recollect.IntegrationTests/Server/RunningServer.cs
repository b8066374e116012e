using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recollect.Cli;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.Server;
using Xunit;

namespace Recollect.IntegrationTests.Server;

/// <summary>A server as the command composes it, on a free port, over SQLite files in a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly string[] Chats =
    [
        """{"id":"m1","thread":"home","user":"dana","role":"user","text":"I moved to 14 Elm Street in Leeds last week.","sent_at":"2024-01-05T10:00:00Z"}""",
        """{"id":"m2","thread":"home","user":"dana","role":"assistant","text":"Noted: your new address is 14 Elm Street, Leeds.","sent_at":"2024-01-05T10:00:30Z"}""",
        """{"id":"m3","thread":"music","user":"dana","role":"user","text":"My piano lesson is every Tuesday at six, in a street near the harbour.","sent_at":"2024-01-06T10:00:00Z"}""",
        """{"id":"m1","thread":"trip","user":"omar","role":"user","text":"I booked the hotel Miramar in a street of Lisbon.","sent_at":"2024-02-01T08:00:00Z"}""",
        """{"id":"m1","thread":"plan","user":"omar","scope":"ministry","role":"user","text":"The street works of the ministry begin in May.","sent_at":"2024-02-02T08:00:00Z"}""",
        """{"id":"m1","thread":"vault","user":"omar","scope":"secrets","role":"user","text":"The street of the vault is Quarry Lane.","sent_at":"2024-02-03T08:00:00Z"}""",
        """{"id":"m1","thread":"other","user":"dana","tenant":"acme","role":"user","text":"Acme has a street named after it.","sent_at":"2024-02-04T08:00:00Z"}""",
    ];

    private readonly ScratchFolder _folder = new();
    private readonly RecollectServer _server;

    private RunningServer(Action<IServiceCollection>? change, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var chats = Path.Combine(_folder.Path, "chats.jsonl");
        File.WriteAllLines(chats, Chats);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Server:Urls", "http://127.0.0.1:0"),
            new("Data:Root", DataRoot),
            new("Sources:Files:Paths:0", chats),
        ]).AddInMemoryCollection(settings).Build();
        _server = RecollectServer.Create(configuration, services =>
        {
            Composition.Add(services, configuration).AddSingleton<ILoggerProvider>(Log);
            change?.Invoke(services);
        });
        Client = new(new SocketsHttpHandler { UseProxy = false });
    }

    /// <summary>Gets the folder of its databases.</summary>
    public string DataRoot => Path.Combine(_folder.Path, "data");

    public LogLines Log { get; } = new();

    public HttpClient Client { get; }

    public IServiceProvider Services => _server.Services;

    public Uri Address => new(Assert.Single(_server.Urls));

    /// <summary>Starts a server.</summary>
    /// <param name="settings">More settings.</param>
    /// <param name="change">Replaces services; null for none.</param>
    /// <param name="before">Is done before it starts; null for nothing.</param>
    public static async Task<RunningServer> StartAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? change = null, Func<RunningServer, Task>? before = null)
    {
        var running = new RunningServer(change, settings ?? []);
        await (before?.Invoke(running) ?? Task.CompletedTask);
        await running._server.StartAsync(CancellationToken.None);
        running.Client.BaseAddress = running.Address;
        return running;
    }

    /// <summary>Starts a server that has memorised the chats.</summary>
    public static Task<RunningServer> WithMemoriesAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null) =>
        StartAsync(settings, before: running => running.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = Recollect.Runs.RunMode.Backfill }, progress: null, CancellationToken.None));

    public Task StopAsync() => _server.StopAsync(CancellationToken.None);

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        return await ReadAsync(await Client.PostAsync(path, content));
    }

    /// <summary>Reads an answer; one that is no success must be problem details.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            var body = document.RootElement.Clone();
            if (!response.IsSuccessStatusCode)
            {
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
                Assert.Equal("about:blank", body.GetProperty("type").GetString());
                Assert.Equal((int)response.StatusCode, body.GetProperty("status").GetInt32());
                Assert.NotEmpty(body.GetProperty("title").GetString()!);
                Assert.DoesNotContain("   at ", body.GetRawText(), StringComparison.Ordinal);
            }

            return (response.StatusCode, body);
        }
    }

    /// <summary>Asks for the last run again and again until it has ended.</summary>
    public async Task<JsonElement> LastRunAsync()
    {
        while (true)
        {
            var (_, body) = await GetAsync("/api/v1/runs?top=1");
            if (body.GetProperty("runs") is var runs && runs.GetArrayLength() == 1 && !runs[0].GetProperty("status").ValueEquals("running"))
            {
                return runs[0];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
