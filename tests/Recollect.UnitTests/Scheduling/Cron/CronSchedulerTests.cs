using Recollect.Cli;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Cron;
using Xunit;

namespace Recollect.UnitTests.Scheduling.Cron;

public sealed class CronSchedulerTests
{
    private static readonly byte[] Foreign = [.. "# caf"u8, 0xE9, .. "\n1 2 * * * mine \\% 100\n"u8]; // Latin-1, as some editors write it

    private readonly ScriptedPrograms _programs = new();

    [Fact]
    public async Task Installing_twice_writes_once_and_removing_restores_the_bytes()
    {
        _programs.Crontab = Foreign;
        var scheduler = Make();

        var first = await scheduler.InstallAsync(CancellationToken.None);
        var installed = _programs.Crontab;
        _programs.Commands.Clear();
        var second = await scheduler.InstallAsync(CancellationToken.None);
        var commands = _programs.Commands.ToArray();
        var state = await scheduler.InspectAsync(CancellationToken.None);
        var removed = await scheduler.RemoveAsync(CancellationToken.None);

        Assert.Equal((true, false, true), (first.Changed, second.Changed, removed.Changed));
        Assert.Equal(["crontab -l"], commands, StringComparer.Ordinal);
        Assert.Equal(new ScheduleState(true, true), state);
        Assert.True(installed.AsSpan().StartsWith(Foreign));
        Assert.Equal(Foreign, _programs.Crontab);
    }

    [Fact]
    public async Task Where_there_was_no_crontab_there_is_none_afterwards()
    {
        await Make().InstallAsync(CancellationToken.None);
        await Make().RemoveAsync(CancellationToken.None);
        var again = await Make().RemoveAsync(CancellationToken.None);

        Assert.Null(_programs.Crontab);
        Assert.Contains("crontab -r", _programs.Commands, StringComparer.Ordinal);
        Assert.False(again.Changed);
    }

    [Fact]
    public async Task Another_time_shows_as_out_of_date_until_it_is_installed()
    {
        await Make().InstallAsync(CancellationToken.None);

        Assert.Equal(new ScheduleState(true, false), await Make("04:00").InspectAsync(CancellationToken.None));
        Assert.True((await Make("04:00").InstallAsync(CancellationToken.None)).Changed);
        Assert.Equal(new ScheduleState(true, true), await Make("04:00").InspectAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_block_or_a_crontab_that_cannot_be_read_is_left_as_it_is()
    {
        _programs.Crontab = [.. "# END recollect recollect\n"u8];
        await Assert.ThrowsAsync<UsageException>(() => Make().InstallAsync(CancellationToken.None));
        await Assert.ThrowsAsync<UsageException>(() => Make().RemoveAsync(CancellationToken.None));
        _programs.Answers["crontab -l"] = new(1, [], "You (dana) are not allowed to use this program (crontab)\nSee crontab(1)");
        var error = await Assert.ThrowsAsync<SchedulingException>(() => Make().InstallAsync(CancellationToken.None));

        Assert.Equal("# END recollect recollect\n"u8, _programs.Crontab);
        Assert.Contains("are not allowed to use this program (crontab) See crontab(1)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("crontab -", _programs.Commands, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_crontab_that_another_changed_meanwhile_is_noticed()
    {
        _programs.Answers["crontab -l"] = new(0, [.. "1 1 * * * other\n"u8], "");

        await Assert.ThrowsAsync<SchedulingException>(() => Make().InstallAsync(CancellationToken.None));
    }

    [Fact]
    public void The_entry_survives_the_way_through_cron_and_shell()
    {
        var job = Schedules.Job("/srv/it's 100% \\%$HOME") with { DotnetRoot = "/opt/dot net" };

        var entry = new CronScheduler(Schedules.Make(zone: "UTC", job: job), new(_programs), TimeZoneInfo.Utc, Schedules.Now).Entry;

        Assert.Contains(
            """0 3 * * * cd '/srv/it'\''s 100'\%' \'\%'$HOME' && out=$(DOTNET_ROOT='/opt/dot net' /opt/recollect/recollect nightly --config '/srv/it'\''s 100'\%' \'\%'$HOME/recollect.json' 2>&1) || { code=$?; printf '\%s\n' "$out"; exit $code; }""",
            entry,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_runs_leave_out_what_the_guard_leaves_out_and_follow_cron_over_a_jump()
    {
        var now = new DateTimeOffset(2027, 3, 13, 12, 0, 0, TimeSpan.Zero);

        var guarded = new CronScheduler(Schedules.Make("02:30"), new(_programs), TimeZoneInfo.Utc, now);
        var plain = new CronScheduler(Schedules.Make("02:30"), new(_programs), Schedules.Zone("America/Chicago"), now);

        Assert.Equal("2027-03-15T02:30:00.0000000-05:00", $"{guarded.Runs.First():O}");
        Assert.Equal("2027-03-14T03:00:00.0000000-05:00", $"{plain.Runs.First():O}");
        Assert.Equal(["No run at 02:30 America/Chicago on 14 March 2027, when clocks are changed at that time; the next night catches up. At 03:00 no night is left out."], guarded.Warnings, StringComparer.Ordinal);
        Assert.Empty(plain.Warnings);
    }

    private CronScheduler Make(string at = "03:00") => new(Schedules.Make(at), new(_programs), TimeZoneInfo.Utc, Schedules.Now);
}
