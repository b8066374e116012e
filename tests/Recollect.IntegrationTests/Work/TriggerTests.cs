using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.IntegrationTests.Servers;
using Recollect.Runs;
using Recollect.State;
using Recollect.Work;
using Xunit;

namespace Recollect.IntegrationTests.Work;

/// <summary>Triggers over real tables; the server works on its own queue.</summary>
[Collection(PostgresTests.Name)]
public sealed class TriggerTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Trigger = "/tasks/trigger-memory-generation";
    private const string Nothing = "No conversations found that require memory generation.";

    private Backend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await Backend.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task Quiet_conversations_are_queued_once_and_their_memories_made(string prefix)
    {
        await _backend.ServeAsync();
        await _backend.Tables.AddAsync(12);
        await _backend.Tables.AddAsync(2, quiet: "1 hour");
        await _backend.Tables.ExecuteAsync("INSERT INTO conversations (user_id, updated_at) VALUES (1, now() - interval '5 hours')"); // without a message

        Assert.Equal("Task to generate memories has been queued for 12 conversations (out of 12 total eligible).", await AskAsync(prefix + Trigger));
        Assert.Equal(Nothing, await AskAsync(prefix + Trigger));
        await _backend.UntilAsync(12);
        Assert.Equal(Nothing, await AskAsync(prefix + Trigger));

        await _backend.Tables.SayAsync(3, "One more thing.");
        await _backend.Tables.ExecuteAsync("UPDATE conversations SET updated_at = now() - interval '121 minutes' WHERE id = 4"); // touched, and nothing else
        Assert.Equal("Task to generate memories has been queued for 2 conversations (out of 2 total eligible).", await AskAsync(prefix + Trigger));
        await _backend.UntilAsync(12);
        Assert.Equal(Nothing, await AskAsync(prefix + Trigger)); // what did not change does not stay eligible
    }

    [Fact]
    public async Task A_clamp_takes_those_that_waited_longest_and_leaves_the_rest_to_the_next()
    {
        await _backend.ServeAsync(null, ("Sources:Tables:BatchSize", "3"));
        await _backend.Tables.AddAsync(7);

        Assert.Equal("Task to generate memories has been queued for 3 conversations (out of 7 total eligible).", await AskAsync(Trigger + "?clamp=3"));
        await _backend.UntilAsync(3);
        Assert.Equal(Enumerable.Range(1, 3).Select(id => $"{id}"), await MadeAsync(), StringComparer.Ordinal);
        Assert.Equal("Task to generate memories has been queued for 3 conversations (out of 4 total eligible).", await AskAsync(Trigger + "?clamp=3"));
        Assert.Equal("Task to generate memories has been queued for 1 conversations (out of 1 total eligible).", await AskAsync(Trigger + "?clamp=-1"));
        await _backend.UntilAsync(7);
        Assert.Equal(Nothing, await AskAsync(Trigger));
    }

    [Fact]
    public async Task What_arrives_while_a_memory_is_made_makes_the_conversation_eligible_again()
    {
        var gate = new GatedWriter();
        await _backend.ServeAsync(services => services.AddSingleton<Recollect.Memorize.Generation.IMemoryWriter>(gate));
        await _backend.Tables.AddAsync(1);
        await AskAsync(Trigger);
        await gate.Entered;

        await _backend.Tables.SayAsync(1, "Wait, the box is red.", ago: "121 minutes");
        var meanwhile = await AskAsync(Trigger);
        gate.Open();
        await _backend.UntilAsync(1);
        if (string.Equals(meanwhile, Nothing, StringComparison.Ordinal))
        {
            await AskAsync(Trigger);
        }

        await _backend.UntilAsync(1);
        Assert.Equal(Nothing, await AskAsync(Trigger));
        var memory = Assert.Single(await MemoriesAsync());
        Assert.Equal(5, memory.Memory.MessageIds.Count);
    }

    [Fact]
    public async Task In_line_the_answer_comes_when_the_memories_are_made()
    {
        await _backend.ServeAsync();
        await _backend.Tables.AddAsync(12);

        var (status, body) = await _backend.Server.PostAsync(Trigger + "-sync?clamp=5", string.Empty);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Task to generate memories has been queued for 5 conversations (out of 12 total eligible).", body.GetProperty("message").GetString());
        Assert.Equal(5, (await MemoriesAsync()).Count);
        Assert.Equal(0, (await _backend.Server.Services.GetRequiredService<IStateStore>().Queued.CountAsync("backend", CancellationToken.None)).Waiting);
    }

    [Fact]
    public async Task Single_conversations_and_users_are_asked_for_whether_they_are_quiet_or_not()
    {
        await _backend.ServeAsync();
        await _backend.Tables.AddAsync(14, quiet: "5 minutes");

        Assert.Contains("queued for conversation 3", await AskAsync("/tasks/generate-memory-for-conversation/3"), StringComparison.Ordinal);
        await _backend.UntilAsync(1);
        Assert.Contains("generated for conversation 4", await AskAsync("/api/tasks/generate-memory-for-conversation/4?sync=true"), StringComparison.Ordinal);
        Assert.Equal(["3", "4"], await MadeAsync(), StringComparer.Ordinal);
        Assert.Contains("queued for 1 conversations (out of 1", await AskAsync("/tasks/generate-memories-for-user/5?sync=1"), StringComparison.Ordinal); // 4 is made: of 4 and 11 the other
        Assert.Equal(["11", "3", "4"], await MadeAsync(), StringComparer.Ordinal);
        Assert.Contains("queued for 1 conversations (out of 2", await AskAsync("/tasks/generate-memories-for-user/1?clamp=1"), StringComparison.Ordinal);
        await _backend.UntilAsync(4);
        Assert.Equal(Nothing, await AskAsync("/tasks/generate-memories-for-user/99"));
        Assert.Equal(Nothing, await AskAsync("/tasks/generate-memories-for-user/nobody"));
    }

    [Theory]
    [InlineData("/tasks/trigger-memory-generation?clamp=x", "int_parsing")]
    [InlineData("/tasks/trigger-memory-generation?clamp=-2", "greater_than_equal")]
    [InlineData("/tasks/trigger-memory-generation?clamp=99999999999", "int_parsing")]
    [InlineData("/tasks/generate-memory-for-conversation/1?sync=maybe", "bool_parsing")]
    public async Task Fields_that_cannot_be_used_are_answered_as_the_backend_did(string path, string type)
    {
        await _backend.ServeAsync();
        using var content = new StringContent(string.Empty);

        using var response = await _backend.Server.Client.PostAsync(path, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var detail = Assert.Single(body.RootElement.GetProperty("detail").EnumerateArray());
        Assert.Equal(("query", type), (detail.GetProperty("loc")[0].GetString(), detail.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("/tasks/generate-memory-for-conversation/99")]
    [InlineData("/tasks/generate-memory-for-conversation/99999999999999999999")]
    [InlineData("/tasks/generate-memory-for-conversation/1;DROP TABLE messages")]
    public async Task A_conversation_that_is_not_there_is_not_found(string path)
    {
        await _backend.ServeAsync();
        await _backend.Tables.AddAsync(1);

        Assert.Equal(HttpStatusCode.NotFound, (await _backend.Server.PostAsync(path, string.Empty)).Status);
        Assert.Equal(4L, await _backend.Tables.GetAsync<long>("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Odd_messages_are_buried_with_the_reason_and_ids_that_are_not_there_are_done()
    {
        await _backend.ServeAsync();
        await _backend.Tables.AddAsync(2);
        var queue = _backend.Server.Services.GetRequiredService<IWorkQueue>();
        string[] bodies =
        [
            "no json", "[]", """{"task_type":"GENERATE_MEMORY_BATCH"}""", """{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[1.5]}""", """{"task_type":7}""",
            """{"task_type":"USER_PERSONA_GENERATION","user_id":1}""", """{"user_id":"1","purpose":"chat"}""", """{"task_type":"A","task_type":"B"}""",
        ];
        foreach (var body in bodies)
        {
            await queue.SendAsync(new(body), CancellationToken.None);
        }

        await queue.SendAsync(new("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[1,1,"2",77,"not an id","",{}]}"""), CancellationToken.None);
        await queue.SendAsync(new("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[1,1,"2",77,"not an id"]}"""), CancellationToken.None);
        await queue.SendAsync(new("""{"task_type":"GENERATE_MEMORY_BATCH","conversation_ids":[]}"""), CancellationToken.None);
        await _backend.UntilAsync(2);
        while (await queue.GetDepthAsync(CancellationToken.None) is not { Waiting: 0, Taken: 0 })
        {
            await Task.Yield();
        }

        Assert.Equal(bodies.Length + 1, (await queue.GetDepthAsync(CancellationToken.None)).Dead);
        Assert.Equal(["1", "2"], await MadeAsync(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_handler_of_the_host_gets_what_is_not_ours()
    {
        var handler = new RecordingHandler();
        await _backend.ServeAsync(services => services.AddSingleton<ITaskHandler>(handler));
        var queue = _backend.Server.Services.GetRequiredService<IWorkQueue>();

        await queue.SendAsync(new("""{"task_type":"USER_PERSONA_GENERATION","user_id":1}"""), CancellationToken.None);
        await queue.SendAsync(new("""{"purpose":"chat"}"""), CancellationToken.None);
        while (await queue.GetDepthAsync(CancellationToken.None) is not { Waiting: 0, Taken: 0 })
        {
            await Task.Yield();
        }

        Assert.Equal(["", "USER_PERSONA_GENERATION"], handler.Types.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(0, (await queue.GetDepthAsync(CancellationToken.None)).Dead);
    }

    [Fact]
    public async Task Who_is_forgotten_while_a_memory_is_made_stays_forgotten()
    {
        var gate = new GatedWriter();
        await _backend.ServeAsync(services => services.AddSingleton<Recollect.Memorize.Generation.IMemoryWriter>(gate));
        await _backend.Tables.AddAsync(1);
        await AskAsync(Trigger);
        await gate.Entered;

        await _backend.Server.Services.GetRequiredService<Recollect.Erasure.UserEraser>().ForgetAsync("default", "2", CancellationToken.None);
        gate.Open();
        await _backend.UntilAsync(0);

        var state = _backend.Server.Services.GetRequiredService<IStateStore>();
        while ((await state.Runs.ListAsync(1, CancellationToken.None)) is not [{ Status: RunStatus.Completed }])
        {
            await Task.Yield();
        }

        Assert.Empty(await MemoriesAsync());
        Assert.Equal(0, await state.ForgetAsync("default", "2", CancellationToken.None));
    }

    private async Task<string?> AskAsync(string path)
    {
        var (status, body) = await _backend.Server.PostAsync(path, string.Empty);
        Assert.True(status == HttpStatusCode.Accepted, $"{status}: {string.Join('\n', _backend.Server.Log.All)}");
        return body.GetProperty("message").GetString();
    }

    private async Task<IReadOnlyList<Recollect.Memorize.Stores.MemoryRecord>> MemoriesAsync() =>
        await _backend.Server.Services.GetRequiredService<Recollect.Memorize.Stores.IMemoryStore>().ExportAsync(CancellationToken.None).ToListAsync();

    private async Task<IEnumerable<string>> MadeAsync() => (await MemoriesAsync()).Select(record => record.Memory.Thread.Thread).Order(StringComparer.Ordinal);
}
