using Recollect.Cli;
using Recollect.Cli.Scheduling;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Scheduling;

public sealed class SchedulerFactoryTests : IDisposable
{
    private const string Home = "/home";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-commands-");
    private readonly ScriptedPrograms _programs = new();

    [Fact]
    public async Task It_is_systemd_where_that_runs_else_cron_where_there_is_one()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "crontab"), "", TestContext.Current.CancellationToken);

        Assert.Equal("systemd", (await CreateAsync(new(), runsSystemd: true)).Kind);
        Assert.Equal("cron", (await CreateAsync(new(), runsSystemd: false)).Kind);
        Assert.Equal("cron", (await CreateAsync(new() { Kind = "cron" }, runsSystemd: true)).Kind);
        Assert.Equal("systemd", (await CreateAsync(new() { UnitFolder = "units" }, runsSystemd: false)).Kind);
    }

    [Fact]
    public async Task Where_there_is_neither_it_says_what_to_install()
    {
        var error = await Assert.ThrowsAsync<UsageException>(() => CreateAsync(new(), runsSystemd: false));

        Assert.Contains("apt-get install cron", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, "/etc/systemd/system")]
    [InlineData(false, null, Home + "/dana/.config/systemd/user")]
    [InlineData(true, false, Home + "/dana/.config/systemd/user")]
    [InlineData(false, true, "/etc/systemd/system")]
    public async Task Units_go_where_systemd_looks_for_them(bool isRoot, bool? isSystem, string folder)
    {
        var scheduler = await CreateAsync(new() { Kind = "systemd", IsSystem = isSystem }, runsSystemd: true, isRoot);

        Assert.All(scheduler.Files, file => Assert.Equal(folder, Path.GetDirectoryName(file.Path)));
    }

    [Theory]
    [InlineData("dana 1000", "User=dana")]
    [InlineData("UNKNOWN 4711", "User=4711")]
    [InlineData("root 0", null)]
    public async Task A_unit_of_the_system_runs_as_who_owns_the_data(string owner, string? line)
    {
        _programs.Answers["stat"] = new(0, System.Text.Encoding.UTF8.GetBytes(owner + "\n"), "");

        var service = (await CreateAsync(new() { Kind = "systemd", IsSystem = true }, runsSystemd: true)).Files[0].Text;

        Assert.Equal(line, service.Split('\n').SingleOrDefault(one => one.StartsWith("User=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Options_of_the_other_kind_are_refused()
    {
        await Assert.ThrowsAsync<UsageException>(() => CreateAsync(new() { Kind = "cron", IsSystem = true }, runsSystemd: true));
        await Assert.ThrowsAsync<UsageException>(() => CreateAsync(new() { Kind = "cron", UnitFolder = "units" }, runsSystemd: true));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<IScheduler> CreateAsync(SchedulerRequest request, bool runsSystemd, bool isRoot = true)
    {
        var machine = new Machine { Zone = TimeZoneInfo.Utc, RunsSystemd = runsSystemd, IsRoot = isRoot, ConfigHome = Home + "/dana/.config", CommandFolders = [_folder.FullName] };
        return new SchedulerFactory(machine, _programs, new ManualTime(Schedules.Now)).CreateAsync(Schedules.Make(), request, CancellationToken.None);
    }
}
