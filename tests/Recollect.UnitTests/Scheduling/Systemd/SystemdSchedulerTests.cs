using Recollect.Cli;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Systemd;
using Xunit;

namespace Recollect.UnitTests.Scheduling.Systemd;

public sealed class SystemdSchedulerTests : IDisposable
{
    private readonly ScriptedPrograms _programs = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect units ");

    private string Service => Path.Combine(_folder.FullName, "recollect-nightly.service");

    private string Timer => Path.Combine(_folder.FullName, "recollect-nightly.timer");

    [Fact]
    public async Task Installing_writes_both_files_and_starts_the_timer_once()
    {
        var first = await Make().InstallAsync(CancellationToken.None);
        var commands = _programs.Commands.ToArray();
        var written = (File.GetLastWriteTimeUtc(Service), File.GetLastWriteTimeUtc(Timer));
        var second = await Make().InstallAsync(CancellationToken.None);

        Assert.Equal((true, false), (first.Changed, second.Changed));
        Assert.Equal(["systemctl daemon-reload", "systemctl enable --now recollect-nightly.timer"], commands, StringComparer.Ordinal);
        Assert.Equal(written, (File.GetLastWriteTimeUtc(Service), File.GetLastWriteTimeUtc(Timer)));
        Assert.Equal(["recollect-nightly.service", "recollect-nightly.timer"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Another_time_restarts_the_timer_of_a_user_that_would_keep_the_old_one()
    {
        await Make(isSystem: false).InstallAsync(CancellationToken.None);
        _programs.Commands.Clear();

        await Make("04:00", isSystem: false).InstallAsync(CancellationToken.None);

        Assert.Equal(["systemctl --user daemon-reload", "systemctl --user enable --now recollect-nightly.timer", "systemctl --user restart recollect-nightly.timer"], _programs.Commands, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_timer_that_did_not_start_is_started_by_installing_again()
    {
        _programs.Answers["systemctl enable"] = new(1, [], "Failed to connect to bus.\nIs it there?");
        var error = await Assert.ThrowsAsync<SchedulingException>(() => Make().InstallAsync(CancellationToken.None));
        _programs.Answers.Clear();
        _programs.Answers["systemctl is-active"] = new(3, [], "");
        var state = await Make().InspectAsync(CancellationToken.None);

        var again = await Make().InstallAsync(CancellationToken.None);

        Assert.Equal("\"systemctl enable --now recollect-nightly.timer\" failed with exit code 1: Failed to connect to bus. Is it there. A unit of the system needs root; --user installs one for this user.", error.Message);
        Assert.Equal(new ScheduleState(true, false), state);
        Assert.True(again.Changed);
        Assert.Contains("systemctl enable --now recollect-nightly.timer", _programs.Commands, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Removing_stops_the_timer_and_deletes_exactly_the_two_files()
    {
        await Make().InstallAsync(CancellationToken.None);
        await Make(name: "work").InstallAsync(CancellationToken.None);
        _programs.Commands.Clear();

        var removed = await Make().RemoveAsync(CancellationToken.None);
        var again = await Make().RemoveAsync(CancellationToken.None);

        Assert.Equal((true, false), (removed.Changed, again.Changed));
        Assert.Equal(["systemctl disable --now recollect-nightly.timer", "systemctl daemon-reload"], _programs.Commands, StringComparer.Ordinal);
        Assert.Equal(["work-nightly.service", "work-nightly.timer"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Without_a_running_systemd_it_says_which_commands_are_left()
    {
        var installed = await Make(isLive: false).InstallAsync(CancellationToken.None);
        var removed = await Make(isLive: false).RemoveAsync(CancellationToken.None);

        Assert.Equal(["systemctl daemon-reload", "systemctl enable --now recollect-nightly.timer"], installed.Commands, StringComparer.Ordinal);
        Assert.Equal(["systemctl disable --now recollect-nightly.timer", "systemctl daemon-reload"], removed.Commands, StringComparer.Ordinal);
        Assert.Empty(_programs.Commands);
    }

    [Fact]
    public async Task A_file_that_somebody_else_wrote_is_left_alone()
    {
        await File.WriteAllTextAsync(Timer, "[Timer]\n", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<UsageException>(() => Make().InstallAsync(CancellationToken.None));
        await Assert.ThrowsAsync<UsageException>(() => Make().RemoveAsync(CancellationToken.None));

        Assert.Equal("[Timer]\n", await File.ReadAllTextAsync(Timer, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Service));
        Assert.Empty(_programs.Commands);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_before_anything_is_written()
    {
        var schedule = Schedules.Make(job: Schedules.Job(Path.Combine(_folder.FullName, "nowhere")));
        var scheduler = new SystemdScheduler(schedule, Target(isSystem: true, isLive: true), _programs, Schedules.Now);

        var error = await Assert.ThrowsAsync<UsageException>(() => scheduler.InstallAsync(CancellationToken.None));

        Assert.Contains("nowhere does not exist", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task A_bots_service_is_enabled_started_switched_and_removed()
    {
        var bot = new SystemdInstaller(
            [new(Path.Combine(_folder.FullName, "recollect-bot.service"), SystemdUnits.BotMarker + "\n")], "recollect-bot.service", SystemdUnits.BotMarker, _folder.FullName,
            Target(isSystem: false, isLive: true), _programs);

        await bot.InstallAsync(CancellationToken.None);
        await bot.SwitchAsync("stop", CancellationToken.None);
        _programs.Answers["systemctl --user is-active"] = new(3, [], "");
        var runs = await bot.IsRunningAsync(CancellationToken.None);
        await bot.RemoveAsync(CancellationToken.None);

        Assert.False(runs);
        Assert.Equal(
            ["daemon-reload", "enable --now recollect-bot.service", "stop recollect-bot.service", "is-active --quiet recollect-bot.service", "disable --now recollect-bot.service", "daemon-reload"],
            _programs.Commands.Select(static command => command["systemctl --user ".Length..]), StringComparer.Ordinal);
        Assert.Empty(_folder.EnumerateFiles());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SystemdScheduler Make(string at = "03:00", string name = "recollect", bool isSystem = true, bool isLive = true) =>
        new(Schedules.Make(at, name: name, job: Schedules.Job(_folder.FullName)), Target(isSystem, isLive), _programs, Schedules.Now);

    private SystemdTarget Target(bool isSystem, bool isLive) => new() { Folder = _folder.FullName, IsSystem = isSystem, IsLive = isLive };
}
