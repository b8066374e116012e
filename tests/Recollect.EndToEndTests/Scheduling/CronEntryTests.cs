using System.Globalization;
using System.Text;
using Recollect.Cli.Scheduling;
using Recollect.Cli.Scheduling.Cron;
using Recollect.Cli.Scheduling.Programs;
using Recollect.EndToEndTests.Commands;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Scheduling;

/// <summary>Runs entries as cron does: a line without its escapes in /bin/sh, with the real <c>date</c> set to any moment.</summary>
public sealed class CronEntryTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);

    private readonly Workplace _place = new();

    public CronEntryTests()
    {
        WriteProgram("tools/date", "exec /bin/date -d \"@$MOMENT\" \"$@\"");
        WriteProgram("it's 100% \\% $HOME/program", "printf '%s\\n' \"$PWD\" \"$@\" >>../ran\necho \"to output\"\necho \"to error\" >&2\nexit \"${CODE:-0}\"");
    }

    [Theory]
    [InlineData("03:00", "America/Chicago", "UTC")]
    [InlineData("01:30", "America/Chicago", "UTC")]
    [InlineData("02:30", "America/Chicago", "Europe/Berlin")]
    [InlineData("03:30", "Europe/Berlin", "America/Chicago")]
    [InlineData("01:45", "Australia/Lord_Howe", "UTC")]
    [InlineData("01:30", "UTC", "Europe/Berlin")]
    [InlineData("03:00", "Pacific/Chatham", "Australia/Lord_Howe")]
    public async Task The_shell_comes_to_what_the_plan_says(string at, string zone, string own)
    {
        RealTools.Require("sh");
        var (schedule, target) = (Zone(zone), Zone(own));
        var plan = CronPlan.Create(TimeOnly.ParseExact(at, "HH:mm", CultureInfo.InvariantCulture), schedule, target, Start);
        var script = new StringBuilder($"export TZ='{target.Id}'\n");
        var expected = new List<string>();
        var shift = Night.From(Start, plan.Entries[0].At, target).First().Instants[0].UtcDateTime.Minute % 30;
        foreach (var (moment, i) in Moments(schedule, shift).Concat(Moments(target, shift)).Select((moment, i) => (moment, i)))
        {
            var entry = plan.Entries[i % plan.Entries.Count];
            script.Append(CultureInfo.InvariantCulture, $"export MOMENT={moment.ToUnixTimeSeconds()}\n( {AsCronReadsIt(entry.ToLine($"echo {i}"))} )\n");
            if (entry.Guards.All(guard => guard.Holds(moment)))
            {
                expected.Add(i.ToString(CultureInfo.InvariantCulture));
            }
        }

        _place.Write("all.sh", script.ToString());

        var result = await ShellAsync("exec /bin/sh ./all.sh");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("0", "")]
    [InlineData("1", "to output\nto error\n")]
    public async Task The_command_runs_in_its_folder_with_its_paths_as_they_are_and_speaks_only_when_it_fails(string code, string mail)
    {
        RealTools.Require("sh");
        var folder = _place.PathOf("it's 100% \\% $HOME");
        var job = new ScheduledJob
        {
            Program = Path.Combine(folder, "program"),
            Arguments = ["nightly", "--config", Path.Combine(folder, "é \"x\" `y`.json")],
            WorkingFolder = folder,
            DataRoot = Path.Combine(folder, "data"),
            DotnetRoot = "/opt/dot net",
        };
        var schedule = new Schedule { Name = "recollect", At = new(3, 0), Zone = TimeZoneInfo.Utc, Job = job };
        var entry = new CronScheduler(schedule, new Crontab(new ProgramRunner(TimeProvider.System)), TimeZoneInfo.Utc, TimeProvider.System.GetUtcNow()).Entry;
        var command = AsCronReadsIt(entry.Split('\n').Single(line => line.Length > 0 && line[0] != '#'));

        var result = await ShellAsync(command, new("CODE", code));

        string[] expected = [folder, .. job.Arguments];
        Assert.Equal((int.Parse(code, CultureInfo.InvariantCulture), mail, ""), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(expected, await File.ReadAllLinesAsync(_place.PathOf("ran"), TestContext.Current.CancellationToken));
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Takes the five fields off, and then each backslash before a percent sign, as do_command.c does.</summary>
    private static string AsCronReadsIt(string line)
    {
        var command = new StringBuilder();
        var isEscaped = false;
        foreach (var character in line.Split(' ', 6)[5])
        {
            Assert.True(character != '%' || isEscaped, $"cron would end the command at a percent sign: {line}");
            if (isEscaped && character == '%')
            {
                command.Length--;
            }

            command.Append(character);
            isEscaped = !isEscaped && character == '\\';
        }

        return command.ToString();
    }

    /// <summary>Gets a moment of every half hour of the days around which a zone changes its clocks, and of a day in each season.</summary>
    private static IEnumerable<DateTimeOffset> Moments(TimeZoneInfo zone, int shift) =>
        from day in Enumerable.Range(0, 370).Select(day => Start.AddDays(day))
        where day is { Day: 1, Month: 1 or 7 } || zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1))
        from half in Enumerable.Range(0, 56)
        select day.AddMinutes((30 * half) + shift);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private Task<ProcessResult> ShellAsync(string command, KeyValuePair<string, string>? variable = null)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = $"{_place.PathOf("tools")}:/usr/bin:/bin" };
        if (variable is { } given)
        {
            environment[given.Key] = given.Value;
        }

        return Starter.RunAsync("/bin/sh", _place.Root, ["-c", command], environment);
    }

    private void WriteProgram(string name, string text) => Starter.MakeProgram(_place.Write(name, "#!/bin/sh", text));
}
