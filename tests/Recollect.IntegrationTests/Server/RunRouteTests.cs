using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Ingest.Sources;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class RunRouteTests
{
    private const string Nightly = """{"mode":"nightly"}""";

    [Fact]
    public async Task A_run_is_started_in_the_background_and_can_be_followed()
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new StringContent("""{"mode":"backfill"}""", Encoding.UTF8, "application/json");

        using var response = await server.Client.PostAsync("/api/v1/runs", content);
        var (_, started) = await RunningServer.ReadAsync(response);
        var ended = await server.LastRunAsync();
        var (_, run) = await server.GetAsync(response.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/v1/runs/{started.GetProperty("run_id").GetString()}", response.Headers.Location.ToString());
        Assert.Equal(started.GetProperty("run_id").GetString(), ended.GetProperty("run_id").GetString());
        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(6, ended.GetProperty("report").GetProperty("created").GetInt32());
        Assert.Equal(ended.GetRawText(), run.GetProperty("run").GetRawText());
        Assert.Equal(5, run.GetProperty("entries").GetArrayLength()); // not the one of another tenant
        Assert.All(run.GetProperty("entries").EnumerateArray(), entry => Assert.Equal("created", entry.GetProperty("outcome").GetString()));
        Assert.Single(Directory.GetFiles(Path.Combine(server.DataRoot, "..", "logs"), "recollect_backfill_*.log"));
    }

    [Theory]
    [InlineData("""{"mode":"everything"}""", "must be nightly, backfill or retry")]
    [InlineData("""{"mode":"Nightly"}""", "must be nightly, backfill or retry")]
    [InlineData("""{"mode":""}""", "must be nightly, backfill or retry")]
    [InlineData("""{"mode":1}""", "the field mode")]
    [InlineData("""{"mode":"nightly","prune":true}""", "\"prune\" is no field; known: mode")]
    [InlineData("{}", "The field mode is missing")]
    public async Task A_run_that_is_not_known_is_not_started(string body, string message)
    {
        await using var server = await RunningServer.StartAsync();

        var (status, problem) = await server.PostAsync("/api/v1/runs", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await server.GetAsync("/api/v1/runs")).Body.GetProperty("runs").GetArrayLength());
    }

    [Theory]
    [InlineData("top=0")]
    [InlineData("top=1001")]
    [InlineData("top=x")]
    [InlineData("last=5")]
    public async Task Runs_are_listed_up_to_a_thousand(string query)
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync($"/api/v1/runs?{query}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/v1/runs?top=1000")).Status);
    }

    [Fact]
    public async Task While_a_run_is_under_way_another_is_refused_and_recall_answers()
    {
        var source = new PatientSource();
        await using var server = await RunningServer.StartAsync(change: services => services.AddSingleton<ISource>(source));

        var (first, _) = await server.PostAsync("/api/v1/runs", Nightly);
        var (second, problem) = await server.PostAsync("/api/v1/runs", """{"mode":"retry"}""");
        var (recall, _) = await server.GetAsync("/api/v1/recall?query=street&user=dana");
        source.LetGo();
        await server.LastRunAsync();
        var (_, found) = await server.GetAsync("/api/v1/recall?query=street&user=dana");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.OK), (first, second, recall));
        Assert.Contains("Wait for it to end", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, found.GetProperty("memories").GetArrayLength());
        Assert.Equal(1, (await server.GetAsync("/api/v1/runs")).Body.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task While_another_process_is_in_a_run_it_is_said_which_one()
    {
        await using var server = await RunningServer.StartAsync();
        await using var lease = await server.Services.GetRequiredService<IStateStore>().Leases.TryAcquireAsync("run", CancellationToken.None);

        var (status, problem) = await server.PostAsync("/api/v1/runs", Nightly);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(FormattableString.Invariant($"process {Environment.ProcessId} since"), problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_runs_the_lock_is_free()
    {
        await using var server = await RunningServer.WithMemoriesAsync();

        await using var lease = await server.Services.GetRequiredService<IStateStore>().Leases.TryAcquireAsync("run", CancellationToken.None);

        Assert.NotNull(lease);
    }

    [Fact]
    public async Task Stopping_cancels_the_run_that_is_under_way_and_waits_for_it()
    {
        var source = new PatientSource();
        await using var server = await RunningServer.StartAsync(change: services => services.AddSingleton<ISource>(source));
        await server.PostAsync("/api/v1/runs", Nightly);

        await server.StopAsync();

        var run = Assert.Single(await server.Services.GetRequiredService<IStateStore>().Runs.ListAsync(5, CancellationToken.None));
        Assert.Equal(Recollect.Runs.RunStatus.Cancelled, run.Status);
        Assert.Equal(JsonValueKind.Object, JsonSerializer.SerializeToElement(run.Report).ValueKind);
    }
}
