using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conversations;
using Recollect.Erasure;
using Recollect.IntegrationTests.Servers;
using Recollect.Memorize.Stores;
using Recollect.State;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Work;

/// <summary>Workers that reach a queue and a service over HTTP, and no database.</summary>
[Collection(PostgresTests.Name)]
public sealed class RemoteWorkerTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Trigger = "/tasks/trigger-memory-generation";
    private const string Nothing = "No conversations found that require memory generation.";
    private const string Key = "rk_of-the-workers-0123456789";
    private const string ReaderKey = "rk_of-a-reader-0123456789";

    private readonly BrokerQueue _queue = new();
    private readonly CountingWriter _writer = new();
    private readonly AheadTime _time = new();
    private Backend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await Backend.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Two_workers_make_each_memory_once_and_a_message_that_comes_again_makes_none()
    {
        await ServeAsync();
        await _backend.Tables.AddAsync(60);
        await using var one = Worker();
        await using var other = Worker();
        one.Start();
        other.Start();

        await AskAsync();
        await SendAsync(Enumerable.Range(1, 60)); // and again at the same time
        await SendAsync(Enumerable.Range(1, 60).Reverse());
        await _backend.UntilAsync(60);
        await _queue.UntilSettledAsync();
        await SendAsync(Enumerable.Range(1, 60));
        await _queue.UntilSettledAsync();
        var (first, second) = (await one.StopAsync(), await other.StopAsync());

        Assert.Equal(60, _writer.Written.Count);
        Assert.All(_writer.Written.Values, times => Assert.Equal(1, times));
        Assert.Equal(60, first.Made + second.Made);
        Assert.Equal(0, first.Failed + second.Failed);
        Assert.Equal(Nothing, await AskAsync());
    }

    [Fact]
    public async Task A_memory_is_the_same_as_that_of_a_worker_beside_the_database()
    {
        await ServeAsync();
        await _backend.Tables.AddAsync(1);
        await _backend.Tables.ExecuteAsync("UPDATE messages SET content = 'A box of ünïcode 🪐 \\ \"quotes\"', timestamp = timestamp + interval '7 microseconds' WHERE id = 4");
        await using var worker = Worker();
        worker.Start();

        await AskAsync();
        await _backend.UntilAsync(1);

        var memory = Assert.Single(await MemoriesAsync());
        var conversation = await Service<ConversationReader>().FindAsync("1", CancellationToken.None);
        Assert.Equal(conversation!.Id, memory.Id);
        Assert.Equal(conversation.Thread, memory.Thread);
        Assert.Equal(conversation.ContentHash, memory.Fingerprint.ContentHash);
        Assert.Equal(conversation.SourceUpdatedAt, memory.Fingerprint.SourceUpdatedAt);
        Assert.StartsWith("counting/1;", memory.Fingerprint.MadeBy, StringComparison.Ordinal);
        Assert.Equal("Of 4 messages — 🪐 «A box of ünïcode 🪐 \\ \"quotes\"»", memory.Summary);
        Assert.Equal("""{"deep":{"list":[1,2.50,"three"]}}""", memory.Data);
        Assert.Equal(["planets"], memory.Topics);
        Assert.Equal(new Citation { MessageId = "4", Quote = "box" }, Assert.Single(Assert.Single(memory.Facts).Citations));
    }

    [Fact]
    public async Task What_arrives_while_a_memory_is_made_is_left_to_the_next_one()
    {
        var gate = new GatedWriter();
        await ServeAsync();
        await _backend.Tables.AddAsync(1);
        await using var worker = Worker(writer: gate);
        worker.Start();
        await AskAsync();
        await gate.Entered;

        var held = await Service<IStateStore>().Claims.ClaimAsync("backend", ["1"], "somebody else", TimeSpan.FromMinutes(1), CancellationToken.None);
        await _backend.Tables.SayAsync(1, "Wait, the box is red.", ago: "121 minutes");
        gate.Open();
        await _queue.UntilSettledAsync();

        Assert.Empty(held);
        Assert.Equal(4, Assert.Single(await MemoriesAsync()).MessageIds.Count);
        Assert.Contains("1 conversations (out of 1", await AskAsync(), StringComparison.Ordinal);
        await _queue.UntilSettledAsync();
        Assert.Equal(5, Assert.Single(await MemoriesAsync()).MessageIds.Count);
        Assert.Equal(Nothing, await AskAsync());
    }

    [Fact]
    public async Task A_memory_of_messages_that_changed_meanwhile_is_not_stored_but_made_again()
    {
        var gate = new GatedWriter();
        await ServeAsync();
        await _backend.Tables.AddAsync(1);
        await using var worker = Worker(writer: gate);
        worker.Start();
        await AskAsync();
        await gate.Entered;

        await _backend.Tables.ExecuteAsync("UPDATE messages SET content = 'Another box' WHERE id = 2");
        gate.Open();
        await _queue.UntilSettledAsync();
        Assert.Empty(await MemoriesAsync());
        _time.Pass(TimeSpan.FromMinutes(2));
        await _backend.UntilAsync(1); // the service sends it again

        Assert.Contains(worker.Log.All, line => line.Contains("changed while its memory was made", StringComparison.Ordinal));
        var conversation = await Service<ConversationReader>().FindAsync("1", CancellationToken.None);
        Assert.Equal(conversation!.ContentHash, Assert.Single(await MemoriesAsync()).Fingerprint.ContentHash);
    }

    [Fact]
    public async Task What_failed_is_sent_again_by_the_service()
    {
        await ServeAsync();
        await _backend.Tables.AddAsync(3);
        await using var worker = Worker();
        _writer.FailNext();
        worker.Start();

        await AskAsync();
        await _queue.UntilSettledAsync();
        var left = await Service<IStateStore>().Queued.CountAsync("backend", CancellationToken.None);
        _time.Pass(TimeSpan.FromMinutes(2));
        await _backend.UntilAsync(3);
        var report = await worker.StopAsync();

        Assert.Equal(1, left.Waiting);
        Assert.Equal((3L, 1L), (report.Made, report.Failed));
        Assert.Equal(4, _writer.Written.Values.Sum());
    }

    [Fact]
    public async Task A_worker_waits_with_its_message_in_hand_while_the_service_is_away()
    {
        await ServeAsync();
        await _backend.Tables.AddAsync(3);
        var address = _backend.Server.Address;
        await _backend.Server.StopAsync();
        await _backend.Server.DisposeAsync();
        await using var worker = Worker(address);
        worker.Start();

        await SendAsync(Enumerable.Range(1, 3));
        await worker.UntilLoggedAsync("The work waits");
        var meanwhile = await _queue.GetDepthAsync(CancellationToken.None);
        await ServeAsync(("Server:Urls", address.GetLeftPart(UriPartial.Authority)));
        await _backend.UntilAsync(3);
        await _queue.UntilSettledAsync();

        Assert.Equal((0L, 1L), (meanwhile.Waiting, meanwhile.Taken));
        Assert.Contains(worker.Log.All, line => line.Contains("cannot be reached: nothing listens there", StringComparison.Ordinal));
        Assert.All(_writer.Written.Values, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData("rk_of-nobody-0123456789", "refused the key (401)")]
    [InlineData(ReaderKey, "\"MayWork\": true")]
    public async Task A_key_that_may_not_work_is_told_apart_and_never_shown(string key, string words)
    {
        await ServeAsync();
        await using var worker = Worker(key: key);

        var failure = await Assert.ThrowsAsync<StateStoreException>(async () => await worker.State.Claims.ClaimAsync("backend", ["1"], "h", TimeSpan.FromMinutes(1), CancellationToken.None));
        var diagnosis = await worker.Services.GetRequiredService<IMemoryStore>().DiagnoseAsync(CancellationToken.None);

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        Assert.False(diagnosis.Healthy);
        Assert.DoesNotContain(key, failure + diagnosis.ToString() + string.Concat(worker.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_forgotten_user_is_given_or_stored()
    {
        await ServeAsync();
        await _backend.Tables.AddAsync(1);
        await using var worker = Worker();
        worker.Start();
        await AskAsync();
        await _backend.UntilAsync(1);
        var owner = Assert.Single(await MemoriesAsync()).Owner;

        await Service<UserEraser>().ForgetAsync(owner.Tenant, owner.User, CancellationToken.None);
        await SendAsync([1]);
        await _queue.UntilSettledAsync();
        var (status, _) = await _backend.Server.GetAsync("/api/v1/work/conversation?id=1");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Empty(await MemoriesAsync());
        Assert.Equal(0, await Service<IStateStore>().ForgetAsync(owner.Tenant, owner.User, CancellationToken.None)); // nothing was noted since
        Assert.Equal(1, _writer.Written["1"]);
    }

    [Fact]
    public async Task What_a_worker_does_not_need_is_refused_with_the_place_where_it_is()
    {
        await ServeAsync();
        await using var worker = Worker();

        var run = await Assert.ThrowsAsync<Recollect.Ingest.Sources.SourceException>(() => worker.Services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = Recollect.Runs.RunMode.Backfill }, progress: null, CancellationToken.None));
        var count = await Assert.ThrowsAsync<MemoryStoreException>(async () => await worker.Services.GetRequiredService<IMemoryStore>().GetStatisticsAsync(CancellationToken.None));
        var note = await Assert.ThrowsAsync<StateStoreException>(async () => await worker.State.Queued.NoteAsync([], CancellationToken.None));

        Assert.Contains("recollect worker", run.Message, StringComparison.Ordinal);
        Assert.Contains("Ask the service itself", count.Message, StringComparison.Ordinal);
        Assert.Contains("Trigger them there", note.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claims", """{"conversations":["1"],"holder":"h"}""", "seconds is missing")]
    [InlineData("claims", """{"conversations":["1"],"holder":" ","seconds":60}""", "holder must not be empty")]
    [InlineData("claims", """{"conversations":["1"],"holder":"h","seconds":86400}""", "seconds must be above 0")]
    [InlineData("claims", """{"conversations":["1"],"holder":"h","seconds":60,"source":"x"}""", "is no field")]
    [InlineData("finish", """{"conversations":[{"id":"1","updated_at":"2026-01-01T00:00:00Z","due_at":"2026-01-01T00:00:00Z"}]}""", "only for what is postponed")]
    [InlineData("postpone", """{"conversations":[{"id":"1","updated_at":"2026-01-01T00:00:00Z"}]}""", "due_at is missing")]
    [InlineData("memories", """{"conversation_id":"1","messages":1,"fingerprint":{"content_hash":"0","source_updated_at":"2026-01-01T00:00:00Z","made_by":"x"},"summary":"","topics":[],"facts":[{"text":"x","citations":[]}],"citations":[]}""", "must cite a message")]
    public async Task Bodies_are_read_strictly(string route, string body, string words)
    {
        await ServeAsync();

        var (status, problem) = await _backend.Server.PostAsync($"/api/v1/work/{route}", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenants_conversations_cannot_be_worked_on()
    {
        await ServeAsync(("Server:Agents:0:Tenant", "acme"));
        await _backend.Tables.AddAsync(1);

        var (claimed, _) = await _backend.Server.PostAsync("/api/v1/work/claims", """{"conversations":["1"],"holder":"h","seconds":60}""");
        var (read, _) = await _backend.Server.GetAsync("/api/v1/work/conversation?id=1");
        var (finished, _) = await _backend.Server.PostAsync("/api/v1/work/finish", """{"conversations":[{"id":"1","updated_at":"2026-01-01T00:00:00Z"}]}""");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (claimed, read, finished));
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private async Task ServeAsync(params (string Key, string Value)[] more)
    {
        await _backend.ServeAsync(
            services => services.AddSingleton<IWorkQueue>(_queue).AddSingleton<TimeProvider>(_time),
            [
                ("Server:Agents:0:Name", "workers"), ("Server:Agents:0:KeyHash", HashOf(Key)), ("Server:Agents:0:Scopes:0", "personal"), ("Server:Agents:0:MayWork", "true"),
                ("Server:Agents:1:Name", "reader"), ("Server:Agents:1:KeyHash", HashOf(ReaderKey)), ("Server:Agents:1:Scopes:0", "personal"),
                ("Worker:Sweep", "00:00:01"), .. more,
            ]);
        _backend.Server.Client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
    }

    private RemoteWorker Worker(Uri? service = null, string key = Key, Recollect.Memorize.Generation.IMemoryWriter? writer = null) =>
        new(service ?? _backend.Server.Address, key, _queue, writer ?? _writer, _time);

    private async Task<string?> AskAsync() => (await _backend.Server.PostAsync(Trigger, string.Empty)).Body.GetProperty("message").GetString();

    private ValueTask SendAsync(IEnumerable<int> ids) => _queue.SendAsync(new($$"""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[{{string.Join(',', ids)}}]}"""), CancellationToken.None);

    private T Service<T>()
        where T : notnull => _backend.Server.Services.GetRequiredService<T>();

    private async Task<IReadOnlyList<Memory>> MemoriesAsync()
    {
        List<Memory> memories = [];
        var store = Service<IMemoryStore>();
        await store.InitializeAsync(CancellationToken.None);
        await foreach (var record in store.ExportAsync(CancellationToken.None))
        {
            memories.Add(record.Memory);
        }

        return memories;
    }
}
