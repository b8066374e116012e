using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class ForgetRouteTests
{
    private const string Forget = "/api/v1/users/forget";

    [Fact]
    public async Task A_user_is_forgotten_in_every_scope_with_a_receipt_and_stays_so()
    {
        await using var server = await RunningServer.WithMemoriesAsync();

        var (status, receipt) = await server.PostAsync(Forget, """{"user":"omar"}""");
        var (_, again) = await server.PostAsync(Forget, """{"user":"omar","tenant":"default"}""");
        await server.PostAsync("/api/v1/runs", """{"mode":"backfill"}""");
        var run = await LastOfAsync(server, 2);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["tenant", "user", "forgotten_at", "memories", "messages", "chunks", "state_entries", "sessions", "backups"], receipt.EnumerateObject().Select(field => field.Name), StringComparer.Ordinal);
        Assert.Equal(("default", "omar", 3, 3), (receipt.GetProperty("tenant").GetString(), receipt.GetProperty("user").GetString(), receipt.GetProperty("memories").GetInt32(), receipt.GetProperty("messages").GetInt32()));
        Assert.Equal(0, again.GetProperty("memories").GetInt32());
        Assert.Equal((3, 3), (run.GetProperty("report").GetProperty("unchanged").GetInt32(), run.GetProperty("report").GetProperty("skipped").GetProperty("forgotten").GetInt32()));
        Assert.Equal(3, (await server.Services.GetRequiredService<IMemoryStore>().GetStatisticsAsync(CancellationToken.None)).Memories);
        Assert.Equal(2, (await server.GetAsync("/api/v1/memories?user=dana")).Body.GetProperty("memories").GetArrayLength());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("..")]
    [InlineData("o'Brien\"; DROP TABLE memories; --")]
    [InlineData("漢字 👩‍👩‍👧 \u202e")]
    public async Task Any_name_is_taken_literally(string user)
    {
        await using var server = await RunningServer.StartAsync();
        var store = server.Services.GetRequiredService<IMemoryStore>();
        await store.InitializeAsync(CancellationToken.None);
        await store.UpsertAsync(MemoryRecords.Of("mine", new() { User = user }), [], CancellationToken.None);
        await store.UpsertAsync(MemoryRecords.Of("other", new() { User = "b" }), [], CancellationToken.None);

        var (status, receipt) = await server.PostAsync(Forget, JsonSerializer.Serialize(new { user }));

        Assert.Equal((HttpStatusCode.OK, user, 1), (status, receipt.GetProperty("user").GetString(), receipt.GetProperty("memories").GetInt32()));
        Assert.Equal(1, (await store.GetStatisticsAsync(CancellationToken.None)).Memories);
        Assert.Contains(server.Log.All, line => line.StartsWith("POST /api/v1/users/forget 200 in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_forgotten_while_a_run_is_under_way()
    {
        var source = new PatientSource();
        await using var server = await RunningServer.StartAsync(change: services => services.AddSingleton<ISource>(source));
        var (_, run) = await server.PostAsync("/api/v1/runs", """{"mode":"nightly"}""");

        var (refused, problem) = await server.PostAsync(Forget, """{"user":"dana"}""");
        source.LetGo();
        await server.Client.GetStringAsync(run.GetProperty("location").GetString() + "/events", TestContext.Current.CancellationToken); // to the end: the journal has the run's end before its lock is free
        var (forgotten, receipt) = await server.PostAsync(Forget, """{"user":"dana"}""");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (refused, forgotten));
        Assert.Contains("nothing was forgotten. Wait for it to end", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, receipt.GetProperty("memories").GetInt32());
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":" "}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":null}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":["dana"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"dana","tenant":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"dana","scope":"personal"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"dana","user":"omar"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"dana","tenant":"acme"}""", HttpStatusCode.Forbidden)]
    public async Task A_request_that_is_not_clear_forgets_nobody(string body, HttpStatusCode expected)
    {
        await using var server = await RunningServer.WithMemoriesAsync();

        var (status, _) = await server.PostAsync(Forget, body);
        var (plain, _) = await server.PostAsync(Forget, """{"user":"dana"}""", "text/plain");

        Assert.Equal((expected, HttpStatusCode.UnsupportedMediaType), (status, plain));
        Assert.Equal(6, (await server.Services.GetRequiredService<IMemoryStore>().GetStatisticsAsync(CancellationToken.None)).Memories);
        Assert.Empty(await server.Services.GetRequiredService<IStateStore>().Tombstones.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_key_forgets_only_where_its_profile_says_so_and_only_in_its_tenant()
    {
        await using var server = await RunningServer.WithMemoriesAsync(
        [
            new("Server:Agents:0:Name", "reader"), new("Server:Agents:0:KeyHash", ApiKey.HashOf("r")), new("Server:Agents:0:Scopes:0", "personal"),
            new("Server:Agents:1:Name", "keeper"), new("Server:Agents:1:KeyHash", ApiKey.HashOf("k")), new("Server:Agents:1:Scopes:0", "ministry"), new("Server:Agents:1:MayForget", "true"),
        ]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(server, null, """{"user":"dana"}""")).Status);
        var (refused, problem) = await AskAsync(server, "r", """{"user":"dana"}""");
        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.Contains("Agent reader may not forget users", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(server, "k", """{"user":"dana","tenant":"acme"}""")).Status);
        Assert.Equal(6, (await server.Services.GetRequiredService<IMemoryStore>().GetStatisticsAsync(CancellationToken.None)).Memories);

        var (forgotten, receipt) = await AskAsync(server, "k", """{"user":"dana"}"""); // also what it may not read
        Assert.Equal((HttpStatusCode.OK, 2), (forgotten, receipt.GetProperty("memories").GetInt32()));
        Assert.Equal(4, (await server.Services.GetRequiredService<IMemoryStore>().GetStatisticsAsync(CancellationToken.None)).Memories); // not the one of the same name in another tenant
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(RunningServer server, string? key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Forget) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return await RunningServer.ReadAsync(await server.Client.SendAsync(request));
    }

    /// <summary>Waits until as many runs have ended.</summary>
    private static async Task<JsonElement> LastOfAsync(RunningServer server, int count)
    {
        while (true)
        {
            var runs = (await server.GetAsync("/api/v1/runs")).Body.GetProperty("runs");
            if (runs.GetArrayLength() == count && !runs[0].GetProperty("status").ValueEquals("running"))
            {
                return runs[0];
            }
        }
    }
}
