using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Where settings come from, seen by the data root that is used.</summary>
public sealed class SettingsOrderTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public async Task Defaults_give_way_to_the_file_to_dotenv_to_the_environment_to_options()
    {
        Assert.Equal("data", await UsedAsync());

        _place.Write("recollect.json", """{"Data": {"Root": "from-file"}}""");
        Assert.Equal("from-file", await UsedAsync());

        _place.Write(".env", "export RECOLLECT__Data__Root='from-dotenv' # a comment");
        Assert.Equal("from-dotenv", await UsedAsync());

        _place.Variables["RECOLLECT__Data__Root"] = "from-environment";
        Assert.Equal("from-environment", await UsedAsync());

        Assert.Equal("from-option", await UsedAsync("--data-root", "from-option"));
    }

    [Theory]
    [InlineData("${ROOT}", "named", "named")]
    [InlineData("${ROOT}-x", "named", "named-x")]
    [InlineData("${ROOT:-other}", "named", "named")]
    [InlineData("${ROOT:-other}", null, "other")]
    [InlineData("x${ROOT:-}", null, "x")]
    [InlineData("x${ROOT:-other}", "", "x")]
    [InlineData("${ROOT}${ROOT}", "ab", "abab")]
    public async Task Variables_are_filled_in_and_set_but_empty_is_a_value(string setting, string? variable, string expected)
    {
        _place.Write("recollect.json", $$$"""{"Data": {"Root": "{{{setting}}}"}}""");
        if (variable is not null)
        {
            _place.Variables["ROOT"] = variable;
        }

        Assert.Equal(expected, await UsedAsync());
    }

    [Fact]
    public async Task A_variable_may_stand_in_dotenv()
    {
        _place.Write("recollect.json", """{"Data": {"Root": "${RECOLLECT_TEST_ROOT}"}}""");
        _place.Write(".env", "RECOLLECT_TEST_ROOT=\"from dotenv\"");

        Assert.Equal("from dotenv", await UsedAsync());
    }

    [Fact]
    public async Task A_variable_that_is_missing_where_nothing_uses_it_is_no_error()
    {
        _place.Write("recollect.json", """{"Generation": {"Use": "verbatim", "Extractive": {"MaxCharacters": "${RECOLLECT_TEST_MISSING}"}}}""");

        Assert.Equal("data", await UsedAsync());
    }

    [Fact]
    public async Task An_empty_value_of_the_environment_is_not_passed_over()
    {
        _place.Write("recollect.json", """{"Data": {"Root": "from-file"}}""");
        _place.Variables["RECOLLECT__Data__Root"] = string.Empty;

        var result = await _place.RunAsync("status");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Data:Root", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_replaces_the_list_below_it()
    {
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            _place.Write($"{name}.jsonl", Chats.Line("m1", name, "A quiet day.", "2024-01-05T10:00:00Z"));
        }

        _place.Write("recollect.json", """{"Sources": {"Files": {"Paths": ["a.jsonl", "b.jsonl", "c.jsonl"]}}}""");
        Assert.Equal(3, await ReadAsync());

        _place.Write(".env", "RECOLLECT__Sources__Files__Paths__0=d.jsonl", "RECOLLECT__Sources__Files__Paths__1=e.jsonl");
        Assert.Equal(2, await ReadAsync());

        _place.Variables["RECOLLECT__Sources__Files__Paths__0"] = "c.jsonl";
        Assert.Equal(1, await ReadAsync());

        Assert.Equal(1, await ReadAsync("--from", "e.jsonl"));
    }

    public void Dispose() => _place.Dispose();

    private async Task<long> ReadAsync(params string[] options) =>
        (await _place.JsonAsync(["backfill", "--dry-run", .. options])).Number("read");

    /// <summary>Gets the folder that the program made.</summary>
    private async Task<string> UsedAsync(params string[] options)
    {
        foreach (var folder in Directory.GetDirectories(_place.Root))
        {
            Directory.Delete(folder, recursive: true);
        }

        var result = await _place.RunAsync(["status", .. options]);
        Assert.True(result.ExitCode == 0, result.Error);
        return Path.GetFileName(Assert.Single(Directory.GetDirectories(_place.Root)));
    }
}
