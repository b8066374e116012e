using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Systemd;
using Recollect.EndToEndTests.Commands;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Scheduling;

/// <summary>What the real systemd says of the units.</summary>
public sealed class SystemdTests(ITestOutputHelper output) : IDisposable
{
    private readonly Workplace _place = new();

    private string DotnetRoot => _place.PathOf("dot net");

    [Theory]
    [InlineData("--system", "plain")]
    [InlineData("--user", "plain")]
    [InlineData("--system", "it's 100% $HOME é \\ \"x\" ")]
    [InlineData("--user", "it's 100% $HOME é \\ \"x\" ")]
    public async Task The_units_pass_verification_without_a_word(string whose, string name)
    {
        await InstallAsync(name, whose);

        var result = await AnalyzeAsync("verify", whose, "./units/recollect-nightly.service", "./units/recollect-nightly.timer");

        Assert.Equal(new ProcessResult(0, "", ""), result);
    }

    [Fact]
    public async Task Verification_would_complain_of_a_program_that_is_not_there()
    {
        await InstallAsync("plain", "--system");
        var path = _place.PathOf("units/recollect-nightly.service");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace(" nightly", "x nightly", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var result = await AnalyzeAsync("verify", "--system", "./units/recollect-nightly.service");

        Assert.Contains("is not executable", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_reads_every_path_as_it_is()
    {
        var systemd = RealTools.Require("systemd");
        var setpriv = RealTools.Require("setpriv");
        var folder = await InstallAsync("it's 100% $HOME é \\ \"x\" ", "--user");
        await ShellAsync("chmod -R a+rX . && mkdir run && (chown nobody run 2>/dev/null || true)");
        string[] asNobody = Environment.IsPrivilegedProcess ? [setpriv, "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [setpriv];

        var result = await Starter.RunAsync(asNobody[0], _place.Root, [.. asNobody[1..], systemd, "--test", "--user", "--unit=recollect-nightly.service"], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SYSTEMD_UNIT_PATH"] = _place.PathOf("units") + ":",
            ["XDG_RUNTIME_DIR"] = _place.PathOf("run"),
            ["HOME"] = _place.Root,
        });

        var unit = result.Output.Split("-> Unit recollect-nightly.service:")[1].Split("-> Unit ")[0];
        var escaped = folder.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$\\$", StringComparison.Ordinal);
        Assert.Contains($"\t\tWorkingDirectory: {folder}\n", unit, StringComparison.Ordinal);
        Assert.Contains($" nightly --config \"{escaped}/settings.json\" --data-root \"{escaped}/data\"\n", unit, StringComparison.Ordinal);
        Assert.Contains($"\t\tEnvironment: DOTNET_ROOT={DotnetRoot}\n", unit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03:00", "America/Chicago")]
    [InlineData("02:30", "America/Chicago")]
    [InlineData("01:30", "America/Chicago")]
    [InlineData("03:00", "Europe/Berlin")]
    [InlineData("02:15", "Australia/Lord_Howe")]
    [InlineData("01:45", "Australia/Lord_Howe")]
    [InlineData("23:59", "Asia/Kolkata")]
    [InlineData("03:00", "Pacific/Chatham")]
    [InlineData("03:00", "UTC")]
    public async Task The_timer_elapses_when_we_say_for_four_hundred_nights(string at, string zone)
    {
        RealTools.Require("systemd-analyze");
        var schedule = new Schedule
        {
            Name = "recollect",
            At = TimeOnly.ParseExact(at, "HH:mm", CultureInfo.InvariantCulture),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            Job = new() { Program = "/bin/true", Arguments = [], WorkingFolder = "/", DataRoot = "/data" },
        };
        var start = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

        var result = await AnalyzeAsync("calendar", "--base-time=2026-11-26 12:00:00 UTC", "--iterations=400", SystemdUnits.Calendar(schedule));

        var elapses = result.Output.Split('\n')
            .Where(line => line.EndsWith(" UTC", StringComparison.Ordinal) && line.Contains('-', StringComparison.Ordinal) && !line.Contains('*', StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]).ToList();
        var runs = new SystemdScheduler(schedule, new() { Folder = "/", IsSystem = true, IsLive = false }, null!, start).Runs.Take(400)
            .Select(run => run.ToUniversalTime().ToString("ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(runs, elapses, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_service_of_the_system_is_exposed_little()
    {
        await InstallAsync("plain", "--system");

        var result = await AnalyzeAsync("security", "--offline=true", "--threshold=30", "--no-pager", "./units/recollect-nightly.service");

        output.WriteLine(result.Output.Split('\n').LastOrDefault(line => line.Contains("exposure", StringComparison.Ordinal)) ?? result.Error);
        Assert.Equal(0, result.ExitCode); // at most 3.0 of 10
    }

    [Fact]
    public async Task Installing_twice_changes_nothing_and_removing_leaves_nothing()
    {
        await InstallAsync("plain", "--system");
        string[] options = ["--systemd", "--system", "--unit-dir", "../units", "--config", "settings.json", "--data-root", "data"];

        var second = JsonOf(await RunAsync("plain", ["schedule", "install", .. options, "--at", "03:00", "--zone", "America/Chicago"]));
        var other = JsonOf(await RunAsync("plain", ["schedule", "show", .. options, "--at", "04:00"]));
        var removed = JsonOf(await RunAsync("plain", ["schedule", "remove", .. options]));
        var again = JsonOf(await RunAsync("plain", ["schedule", "remove", .. options]));

        Assert.Equal([false, false, true, false], new[] { second, other, removed, again }.Select(json => json.GetProperty("changed").GetBoolean()));
        Assert.Equal([true, false, false, false], new[] { second, other, removed, again }.Select(json => json.GetProperty("up_to_date").GetBoolean()));
        Assert.Equal([true, true, false, false], new[] { second, other, removed, again }.Select(json => json.GetProperty("installed").GetBoolean()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place.PathOf("units")));
    }

    [Fact]
    public async Task No_secret_and_nothing_of_the_environment_gets_into_a_unit()
    {
        _place.Variables["RECOLLECT__Data__Root"] = "data";
        _place.Variables["OPENAI_API_KEY"] = "sk-secret";
        await InstallAsync("plain", "--system");

        var text = await File.ReadAllTextAsync(_place.PathOf("units/recollect-nightly.service"), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("secret", text.Replace("other secrets", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal($"Environment=\"DOTNET_ROOT={DotnetRoot}\"", Assert.Single(text.Split('\n'), line => line.StartsWith("Environment=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--system", "plain")]
    [InlineData("--user", "plain")]
    [InlineData("--system", "it's 100% $HOME é \\ \"x\" ")]
    public async Task The_service_of_a_bot_passes_verification_without_a_word_and_holds_no_secret(string whose, string name)
    {
        _place.Variables["OPENAI_API_KEY"] = "sk-secret";
        await InstallAsync(name, whose);
        string[] options = [whose, "--unit-dir", "../units", "--config", "settings.json", "--data-root", "data"];

        var installed = JsonOf(await RunAsync(name, ["bot", "service", "install", .. options]));
        var again = JsonOf(await RunAsync(name, ["bot", "service", "install", .. options]));
        var result = await AnalyzeAsync("verify", whose, "./units/recollect-bot.service");
        var text = await File.ReadAllTextAsync(_place.PathOf("units/recollect-bot.service"), TestContext.Current.CancellationToken);
        var removed = JsonOf(await RunAsync(name, ["bot", "service", "remove", .. options]));

        Assert.Equal(new ProcessResult(0, "", ""), result);
        Assert.Equal([true, false, true], new[] { installed, again, removed }.Select(json => json.GetProperty("changed").GetBoolean()));
        Assert.Contains("\nType=simple\n", text, StringComparison.Ordinal);
        Assert.Contains("\nRestart=always\nRestartSec=5\n", text, StringComparison.Ordinal);
        Assert.Contains(" bot whatsapp --config ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", text, StringComparison.Ordinal);
        Assert.Equal(["recollect-nightly.service", "recollect-nightly.timer"], Directory.EnumerateFiles(_place.PathOf("units")).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_service_of_a_bot_is_exposed_little()
    {
        await InstallAsync("plain", "--system");
        JsonOf(await RunAsync("plain", ["bot", "service", "install", "--system", "--unit-dir", "../units", "--data-root", "data"]));

        var result = await AnalyzeAsync("security", "--offline=true", "--threshold=30", "--no-pager", "./units/recollect-bot.service");

        Assert.Equal(0, result.ExitCode); // at most 3.0 of 10
    }

    [Fact]
    public async Task A_bot_is_neither_started_nor_stopped_where_only_a_file_is_written()
    {
        await InstallAsync("plain", "--system");

        var started = await RunAsync("plain", ["bot", "service", "start", "--system", "--unit-dir", "../units"]);
        var wrong = await RunAsync("plain", ["bot", "service", "install", "--system", "--unit-dir", "../units", "--name", "../x"]);

        Assert.Equal((2, 2), (started.ExitCode, wrong.ExitCode));
        Assert.Contains("systemctl start recollect-bot.service", started.Error, StringComparison.Ordinal);
        Assert.Contains("--name must be letters", wrong.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private static JsonElement JsonOf(ProcessResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return Workplace.JsonOf(result);
    }

    /// <summary>Installs units into a folder, for a program in a folder of that name; gives the folder.</summary>
    private async Task<string> InstallAsync(string name, string whose)
    {
        RealTools.Require("systemd-analyze");
        var wrapper = _place.Write(Path.Combine(name, "recollect"), "#!/bin/sh");
        Starter.MakeProgram(wrapper);
        Directory.CreateDirectory(_place.PathOf(Path.Combine(name, "artifacts")));
        _place.Write(Path.Combine(name, "settings.json"), "{}");
        _place.Variables["RECOLLECT_WRAPPER"] = wrapper;
        _place.Variables["DOTNET_ROOT"] = DotnetRoot;
        Directory.CreateSymbolicLink(DotnetRoot, Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var installed = JsonOf(await RunAsync(name,
            ["schedule", "install", "--systemd", whose, "--unit-dir", "../units", "--at", "03:00", "--zone", "America/Chicago", "--config", "settings.json", "--data-root", "data"]));
        Assert.True(installed.GetProperty("changed").GetBoolean());
        return _place.PathOf(name);
    }

    private async Task<ProcessResult> RunAsync(string folder, string[] arguments)
    {
        using var process = RecollectProcess.Start(_place.PathOf(folder), _place.Variables, [.. arguments, "--json"]);
        return await process.EndAsync();
    }

    private async Task<ProcessResult> AnalyzeAsync(string verb, params string[] arguments)
    {
        Directory.CreateDirectory(_place.PathOf("run"));
        return await Starter.RunAsync(RealTools.Require("systemd-analyze"), _place.Root, [verb, .. arguments], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["XDG_RUNTIME_DIR"] = _place.PathOf("run"),
            ["LC_ALL"] = "C.UTF-8",
            ["TZ"] = "UTC",
        });
    }

    private async Task ShellAsync(string command)
    {
        var result = await Starter.RunAsync("/bin/sh", _place.Root, ["-c", command]);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
