using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Server;

public sealed class ScheduleTests
{
    private static readonly KeyValuePair<string, string?>[] InServe = [new("Schedule:InServe", "true"), new("Schedule:At", "03:00"), new("Schedule:Zone", "America/Chicago")];

    [Fact]
    public async Task A_night_that_was_missed_while_the_process_was_down_is_made_up_for_by_one_run()
    {
        await using var server = await RunningServer.StartAsync(InServe, before: running => LastReadAsync(running, DateTimeOffset.UtcNow.AddDays(-3)));

        var run = await server.LastRunAsync();
        await server.StopAsync();

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.EndsWith("-nightly", run.GetProperty("run_id").GetString(), StringComparison.Ordinal);
        Assert.Single(await server.Services.GetRequiredService<IStateStore>().Runs.ListAsync(10, CancellationToken.None));
        Assert.Contains(server.Log.All, line => line.Contains("was missed; it starts now", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Path.Combine(server.DataRoot, "..", "logs"), "recollect_nightly_*.log"));
    }

    [Fact]
    public async Task A_missed_night_waits_for_the_next_when_another_process_is_in_a_run()
    {
        IAsyncDisposable? lease = null;
        await using var server = await RunningServer.StartAsync(InServe, before: async running =>
        {
            await LastReadAsync(running, DateTimeOffset.UtcNow.AddDays(-3));
            lease = await running.Services.GetRequiredService<IStateStore>().Leases.TryAcquireAsync("run", CancellationToken.None);
        });

        while (!server.Log.All.Any(line => line.StartsWith("No Nightly run was started: Another run is under way", StringComparison.Ordinal)))
        {
            await server.GetAsync("/health/live");
        }

        await lease!.DisposeAsync();
        Assert.Empty(await server.Services.GetRequiredService<IStateStore>().Runs.ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task Nights_that_the_machine_slept_through_are_made_up_for_by_one_run()
    {
        var time = new ManualTime(new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(InServe, services => services.AddSingleton<TimeProvider>(time));

        time.Advance(TimeSpan.FromDays(3));
        var run = await server.LastRunAsync();
        var (_, ready) = await server.GetAsync("/health/ready");

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(new(2026, 3, 10, 8, 0, 0, TimeSpan.Zero), ready.GetProperty("next_run").GetDateTimeOffset());
        Assert.Single(await server.Services.GetRequiredService<IStateStore>().Runs.ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_is_due_is_started()
    {
        var time = new ManualTime(new(2026, 3, 8, 7, 59, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(InServe, services => services.AddSingleton<TimeProvider>(time));

        time.Advance(TimeSpan.FromMinutes(1)); // 03:00 in Chicago, an hour after the clock was put forward
        var run = await server.LastRunAsync();

        Assert.Equal("20260308T080000.000Z-nightly", run.GetProperty("run_id").GetString());
    }

    [Fact]
    public async Task Where_no_night_was_missed_the_next_run_is_told_and_none_is_started()
    {
        await using var server = await RunningServer.StartAsync(InServe, before: running => LastReadAsync(running, DateTimeOffset.UtcNow));

        var (_, ready) = await server.GetAsync("/health/ready");

        var next = TimeZoneInfo.ConvertTime(ready.GetProperty("next_run").GetDateTimeOffset(), TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
        Assert.Equal(new(3, 0), TimeOnly.FromDateTime(next.DateTime));
        Assert.InRange(next, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(26));
        Assert.Contains(server.Log.All, line => line.StartsWith(FormattableString.Invariant($"The next nightly run starts at {next:yyyy-MM-dd HH:mm zzz} (America/Chicago)"), StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.All, line => line.Contains("missed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_setting_nothing_starts_by_itself()
    {
        await using var server = await RunningServer.StartAsync(before: running => LastReadAsync(running, DateTimeOffset.UtcNow.AddDays(-3)));

        Assert.DoesNotContain(server.Log.All, line => line.Contains("nightly", StringComparison.Ordinal));
    }

    private static async Task LastReadAsync(RunningServer server, DateTimeOffset moment)
    {
        var state = server.Services.GetRequiredService<IStateStore>();
        await state.InitializeAsync(CancellationToken.None);
        await state.Watermarks.AdvanceAsync("files", moment, CancellationToken.None);
    }
}
