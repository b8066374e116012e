using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class WrongUseTests : IDisposable
{
    private readonly Workplace _place = new();

    [Theory]
    [InlineData("nope", "nope")]
    [InlineData("backfill --nope", "--nope")]
    [InlineData("recall question", "--user")]
    [InlineData("recall --user dana", "QUERY")]
    [InlineData("forget", "--user")]
    [InlineData("recall question --user=", "--user")]
    [InlineData("recall question --user dana --top abc", "--top must be a number between 1 and 1000, not \"abc\"")]
    [InlineData("recall question --user dana --top 0", "--top must be a number between 1 and 1000, not \"0\"")]
    [InlineData("recall question --user dana --top 1.5", "--top must be a number between 1 and 1000, not \"1.5\"")]
    [InlineData("recall question --user dana --min-similarity high", "--min-similarity must be a number between -1 and 1, not \"high\"")]
    [InlineData("recall question --user dana --min-similarity NaN", "--min-similarity")]
    [InlineData("recall question --user dana --by line", "line")]
    [InlineData("backfill --limit 0", "--limit must be a number of at least 1, not \"0\"")]
    [InlineData("backfill --limit 99999999999", "--limit must be a number of at least 1")]
    [InlineData("nightly --lookback soon", "\"soon\" is no duration; write 90s, 30m, 24h or 7d")]
    [InlineData("nightly --lookback -1h", "is no duration")]
    [InlineData("schedule show --at 25:00", "--at must be hours and minutes from 00:00 to 23:59, not \"25:00\"")]
    [InlineData("schedule show --zone Mars/Olympus", "Schedule:Zone is \"Mars/Olympus\"; it must be a time zone")]
    [InlineData("schedule show --name a/b", "--name must be letters, digits, - and _")]
    [InlineData("schedule show --cron --systemd", "--systemd and --cron exclude each other")]
    [InlineData("schedule show --cron --unit-dir units", "leave them out with --cron")]
    [InlineData("schedule show --systemd --config a\nb.json", "holds a line break or another control character")]
    [InlineData("demo --urls http://127.0.0.1:0", "--urls says where --serve listens")]
    [InlineData("backfill", "Sources:Files:Paths names no file: set it, or give --from")]
    [InlineData("status --config nowhere.json", "The config file nowhere.json does not exist")]
    [InlineData("eval locomo nowhere.json", "nowhere.json cannot be read")]
    [InlineData("eval questions nowhere.jsonl", "nowhere.jsonl cannot be read")]
    [InlineData("import nowhere.jsonl", "nowhere.jsonl cannot be read")]
    [InlineData("export nowhere/out.jsonl", "nowhere/out.jsonl cannot be written")]
    public async Task It_is_said_in_one_or_two_lines_what_is_wrong(string arguments, string message)
    {
        _place.Write("a\nb.json", "{}");

        await ShouldRefuseAsync(message, arguments.Split(' '));
    }

    [Theory]
    [InlineData("""{"Segmentation": {"Windw": "01:00:00"}}""", "Segmentation:Windw is no setting; did you mean Segmentation:Window?")]
    [InlineData("""{"Elephants": 3}""", "Elephants is no setting.")]
    [InlineData("""{"Segmentation": {"Window": "400.00:00:00"}}""", "Segmentation:Window must be between 00:00:01 and 365.00:00:00")]
    [InlineData("""{"Segmentation": {"Window": "soon"}}""", "'soon' at 'Segmentation:Window'")]
    [InlineData("""{"Segmentation": {"MinMessages": 0}, "Runs": {"Attempts": 1}}""", "Runs:Attempts must be between 4 and 20")]
    [InlineData("""{"Stores": {"KeepText": "maybe"}}""", "'maybe' at 'Stores:KeepText'")]
    [InlineData("""{"Stores": {"Use": "oracle"}}""", "Stores:Use is \"oracle\"; known: chroma, neo4j, postgres, service, sqlite")]
    [InlineData("""{"Sources": {"Name": "/srv/chats"}}""", "Sources:Name is \"/srv/chats\"; it must be a plain name")]
    [InlineData("""{"Data": {"Root": ""}}""", "Data:Root is required")]
    [InlineData("""{"Data": {"Root": "${RECOLLECT_TEST_MISSING}"}}""", "Data:Root needs the environment variable RECOLLECT_TEST_MISSING")]
    [InlineData("""{"Data": {""", "settings.json cannot be read")]
    [InlineData("[1]", "settings.json cannot be read")]
    public async Task A_setting_that_cannot_be_used_is_named(string config, string message)
    {
        _place.Write("settings.json", config);

        await ShouldRefuseAsync(message, "status", "--config", "settings.json");
    }

    [Fact]
    public async Task Broken_json_in_the_config_is_shown_with_its_line()
    {
        _place.Write("settings.json", "{", "  \"Stores\": { \"Use\" \"sqlite\" }", "}");

        await ShouldRefuseAsync("LineNumber: 1", "status", "--config", "settings.json");
    }

    [Fact]
    public async Task A_line_of_dotenv_that_sets_nothing_is_named()
    {
        _place.Write(".env", "# fine", "NONSENSE");

        await ShouldRefuseAsync(".env:2: expected NAME=value", "status");
    }

    [Fact]
    public async Task A_run_that_was_refused_does_not_look_as_if_it_were_under_way()
    {
        await _place.RunAsync("backfill");

        var runs = (await _place.JsonAsync("status")).GetProperty("runs").EnumerateArray();

        Assert.DoesNotContain(runs, run => run.GetProperty("status").ValueEquals("running"));
    }

    public void Dispose() => _place.Dispose();

    private async Task ShouldRefuseAsync(string message, params string[] arguments)
    {
        var result = await _place.RunAsync(arguments);

        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}: {result.Error}");
        Assert.Empty(result.Output);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.TrimEnd('\n').Split('\n').Length, 1, 2);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
