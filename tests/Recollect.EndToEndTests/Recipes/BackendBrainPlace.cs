using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Commands;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Work;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>The recipe as a team has it: a backend's tables in a real PostgreSQL, a service, workers, and a scripted model.</summary>
internal sealed partial class BackendBrainPlace : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly List<RecollectProcess> _workers = [];
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };
    private RecollectProcess? _serve;
    private Uri? _address;

    private BackendBrainPlace(BackendTables tables, ChatServer model) => (Tables, Model) = (tables, model);

    public Workplace Place { get; } = new();

    public BackendTables Tables { get; }

    public ChatServer Model { get; }

    public IReadOnlyList<RecollectProcess> Workers => _workers;

    public static async Task<BackendBrainPlace> CreateAsync(PostgresServer server)
    {
        var here = new BackendBrainPlace(await BackendTables.CreateAsync(server), await ChatServer.StartAsync());
        var variables = here.Place.Variables;
        variables["DATABASE_URL"] = here.Tables.Database.ConnectionString;
        variables["OPENAI_BASE_URL"] = here.Model.Url;
        variables["OPENAI_API_KEY"] = "sk-of-the-tests";
        variables["OPENAI_MODEL"] = "scripted";
        variables["INACTIVITY_THRESHOLD"] = "2";
        variables["RECOLLECT__Server__Urls"] = "http://127.0.0.1:0";
        variables["RECOLLECT__Runs__Delay"] = "00:00:00.05";
        variables["RECOLLECT__Worker__Claim"] = "00:00:15"; // longer than a busy machine keeps a worker waiting
        variables["RECOLLECT__Worker__Sweep"] = "00:00:01";
        var written = await here.Place.RunAsync("init", "--recipe", "backend-brain");
        Assert.True(written.ExitCode == 0, written.Error);
        return here;
    }

    /// <summary>Starts the service, and waits until it listens.</summary>
    public async Task ServeAsync()
    {
        _serve = Place.Start("serve");
        await _serve.UntilAsync(() => Listening().IsMatch(Log("serve")));
        _address = new(Listening().Match(Log("serve")).Groups["url"].Value);
    }

    /// <summary>Starts a worker.</summary>
    public RecollectProcess StartWorker()
    {
        var worker = Place.Start("worker", "--json");
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Asks for the memories of all conversations that need one.</summary>
    public async Task<string?> TriggerAsync()
    {
        using var response = await _client.PostAsync(new Uri(_address!, "/api/tasks/trigger-memory-generation"), content: null);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(response.IsSuccessStatusCode, body.RootElement.GetRawText());
        return body.RootElement.GetProperty("message").GetString();
    }

    /// <summary>Gets a route's answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri(_address!, path)));
        return document.RootElement.Clone();
    }

    /// <summary>Waits until every conversation has a memory or is parked, looking after something each time.</summary>
    public async Task UntilDoneAsync(long conversations, Func<Task>? look = null)
    {
        while (true)
        {
            var (stored, parked) = await CountAsync();
            await (look?.Invoke() ?? Task.CompletedTask);
            if (stored + parked >= conversations && await WaitingAsync() == 0)
            {
                return;
            }

            foreach (var worker in _workers.Where(worker => !worker.IsKilled))
            {
                Assert.False(await worker.EndsWithinAsync(Glance), "A worker ended by itself.");
            }
        }
    }

    /// <summary>Gets how many conversations have a memory, and how many are parked.</summary>
    public async Task<(long Stored, long Parked)> CountAsync() => (
        await Tables.TryGetAsync("SELECT count(*) FROM conversation_memories"),
        await Tables.TryGetAsync("SELECT count(*) FROM recollect.pending WHERE status = 'Parked'"));

    public Task<long> WaitingAsync() => Tables.TryGetAsync("SELECT count(*) FROM recollect.queued WHERE NOT is_done");

    /// <summary>Gets what a command has logged.</summary>
    public string Log(string command) => !Directory.Exists(Place.PathOf("logs"))
        ? string.Empty
        : string.Concat(Directory.GetFiles(Place.PathOf("logs"), string.Create(CultureInfo.InvariantCulture, $"recollect_{command}_*.log")).Select(path =>
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _workers.Append(_serve).OfType<RecollectProcess>())
        {
            process.Dispose();
        }

        _client.Dispose();
        await Model.DisposeAsync();
        await Tables.DisposeAsync();
        Place.Dispose();
    }

    [GeneratedRegex(@"Listening on (?<url>http://\S+)\n", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Listening();
}
