using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.Ingest.Sources;
using Recollect.Runs;
using Recollect.Server.Api;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class RunEventTests
{
    private const string Backfill = """{"mode":"backfill"}""";

    private readonly ManualTime _time = new(new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));
    private readonly SteppedSource _source = new();

    [Fact]
    public async Task A_listener_is_told_how_a_run_gets_on_and_how_it_ended()
    {
        await using var server = await StartAsync();
        var id = await StartRunAsync(server);
        using var events = await EventReader.OpenAsync(server, id);

        var first = await NextAsync(events, "progress");
        Assert.Equal($$$"""{"run_id":"{{{id}}}","read":0,"made":0,"unchanged":0,"failed":0,"messages":0,"source":{"done":0,"total":null}}""", first.GetRawText());

        _source.Step();
        var progress = await _time.DriveAsync(async () =>
        {
            JsonElement seen;
            do
            {
                seen = await ProgressAsync(events); // counted one after the other
            }
            while (seen.GetProperty("messages").GetInt32() == 0);
            return seen;
        });
        Assert.Equal("""{"done":1,"total":10}""", progress.GetProperty("source").GetRawText());

        _source.End();
        var (last, ended) = await EndAsync(events);
        Assert.True(last is null || last.Value.GetProperty("read").GetInt32() <= 1);
        Assert.Equal((id, "completed"), (ended.GetProperty("run_id").GetString(), ended.GetProperty("status").GetString()));
        Assert.Equal((1, 1), (ended.GetProperty("report").GetProperty("read").GetInt32(), ended.GetProperty("report").GetProperty("created").GetInt32()));
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task While_nothing_changes_there_is_a_sign_of_life()
    {
        await using var server = await StartAsync();
        using var events = await EventReader.OpenAsync(server, await StartRunAsync(server));
        await NextAsync(events, "progress");
        var start = _time.GetUtcNow();

        Assert.Equal(string.Empty, (await _time.DriveAsync(events.NextAsync))?.Name);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(15), TimeSpan.MaxValue);
        Assert.Equal(string.Empty, (await _time.DriveAsync(events.NextAsync))?.Name);

        _source.End();
        await EndAsync(events);
    }

    [Fact]
    public async Task The_end_is_told_at_once_and_not_at_the_next_look()
    {
        await using var server = await StartAsync();
        using var events = await EventReader.OpenAsync(server, await StartRunAsync(server));
        await NextAsync(events, "progress");

        _source.End(); // the clock stands

        Assert.Equal("completed", (await NextAsync(events, "ended")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_run_that_has_ended_gives_its_end_at_once()
    {
        await using var server = await RunningServer.WithMemoriesAsync();
        var run = await server.LastRunAsync();

        using var events = await EventReader.OpenAsync(server, run.GetProperty("run_id").GetString()!);

        Assert.Equal(run.GetRawText(), (await NextAsync(events, "ended")).GetRawText());
        Assert.Null(await events.NextAsync());
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("'; DROP TABLE runs; --")]
    [InlineData("漢字\u202e")]
    [InlineData("%")]
    public async Task A_run_that_is_not_there_cannot_be_listened_to(string id)
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"/api/v1/runs/{Uri.EscapeDataString(id)}/events")).Status);
    }

    [Fact]
    public async Task A_run_of_another_process_is_told_apart()
    {
        await using var server = await RunningServer.StartAsync();
        var state = server.Services.GetRequiredService<IStateStore>();
        await state.InitializeAsync(CancellationToken.None);
        await state.Runs.SaveAsync(new() { Id = "other", Mode = RunMode.Nightly, Source = "files", StartedAt = DateTimeOffset.UnixEpoch, Status = RunStatus.Running }, CancellationToken.None);

        var (status, problem) = await server.GetAsync("/api/v1/runs/other/events");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("another process", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_tells_so()
    {
        await using var server = await StartAsync(new BrokenSource());
        var (_, started) = await server.PostAsync("/api/v1/runs", Backfill);
        using var events = await EventReader.OpenAsync(server, started.GetProperty("run_id").GetString()!);

        var (_, ended) = await EndAsync(events);

        Assert.Equal("aborted", ended.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Only_so_many_listen_and_who_leaves_makes_room()
    {
        await using var server = await StartAsync();
        var id = await StartRunAsync(server);
        var listeners = await Task.WhenAll(Enumerable.Range(0, RunEvents.MaxListeners).Select(_ => EventReader.OpenAsync(server, id)));

        var (status, problem) = await server.GetAsync($"/api/v1/runs/{id}/events");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("32 listen", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        listeners[0].Dispose();
        HttpStatusCode next;
        do
        {
            using var response = await server.Client.GetAsync($"/api/v1/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
            next = response.StatusCode;
        }
        while (next != HttpStatusCode.OK);

        _source.End();
        foreach (var listener in listeners.Skip(1))
        {
            Assert.Equal("completed", (await EndAsync(listener)).Ended.GetProperty("status").GetString());
            listener.Dispose();
        }
    }

    [Fact]
    public async Task Stopping_tells_listeners_how_the_run_ended()
    {
        await using var server = await StartAsync();
        using var events = await EventReader.OpenAsync(server, await StartRunAsync(server));

        await server.StopAsync();

        Assert.Equal("cancelled", (await EndAsync(events)).Ended.GetProperty("status").GetString());
    }

    private Task<RunningServer> StartAsync(ISource? source = null) => RunningServer.StartAsync(
        [new("Server:RequestsPerMinute", "1000000")], services => services.AddSingleton<TimeProvider>(_time).AddSingleton(source ?? _source));

    private static async Task<string> StartRunAsync(RunningServer server) => (await server.PostAsync("/api/v1/runs", Backfill)).Body.GetProperty("run_id").GetString()!;

    private static async Task<JsonElement> NextAsync(EventReader events, string name)
    {
        var next = await events.NextAsync();
        Assert.Equal(name, next?.Name);
        return next!.Value.Data;
    }

    /// <summary>Reads the next progress, past signs of life: a clock that is driven may bring some.</summary>
    private static async Task<JsonElement> ProgressAsync(EventReader events)
    {
        while (true)
        {
            var next = await events.NextAsync();
            if (next?.Name is not "")
            {
                Assert.Equal("progress", next?.Name);
                return next!.Value.Data;
            }
        }
    }

    private static async Task<(JsonElement? Last, JsonElement Ended)> EndAsync(EventReader events)
    {
        for (JsonElement? last = null; ;)
        {
            var (name, data) = (await events.NextAsync())!.Value;
            if (string.Equals(name, "ended", StringComparison.Ordinal))
            {
                return (last, data);
            }

            last = name.Length == 0 ? last : data; // a sign of life says nothing
        }
    }
}
