using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class HelpTests : IDisposable
{
    private readonly Workplace _place = new();

    [Theory]
    [InlineData("demo")]
    [InlineData("init")]
    [InlineData("backfill")]
    [InlineData("nightly")]
    [InlineData("recall")]
    [InlineData("eval locomo")]
    [InlineData("status")]
    [InlineData("doctor")]
    [InlineData("serve")]
    [InlineData("worker")]
    [InlineData("mcp")]
    [InlineData("chat")]
    [InlineData("bot")]
    [InlineData("key")]
    [InlineData("retry")]
    [InlineData("forget")]
    [InlineData("export")]
    [InlineData("import")]
    [InlineData("schedule")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("sessions")]
    public async Task Every_commands_help_ends_with_examples(string command)
    {
        var result = await _place.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"\nExamples?:\n  recollect " + command, result.Output);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Theory]
    [InlineData("schedule show")]
    [InlineData("schedule install")]
    [InlineData("schedule remove")]
    [InlineData("key new")]
    [InlineData("eval questions")]
    [InlineData("bot whatsapp")]
    [InlineData("bot service")]
    [InlineData("bot service show")]
    [InlineData("bot service install")]
    [InlineData("bot service remove")]
    [InlineData("bot service start")]
    [InlineData("bot service stop")]
    [InlineData("bot service status")]
    [InlineData("sessions list")]
    [InlineData("sessions show")]
    [InlineData("sessions sweep")]
    [InlineData("sessions reset")]
    public Task So_does_the_help_of_what_is_below_a_command(string command) => Every_commands_help_ends_with_examples(command);

    [Fact]
    public async Task Every_command_is_listed_and_has_its_help_tested()
    {
        var listed = (await _place.RunAsync("--help")).Output.Split("Commands:\n")[1].Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(word => word.Length > 0);
        var tested = typeof(HelpTests).GetMethod(nameof(Every_commands_help_ends_with_examples))!.GetCustomAttributes(false).OfType<InlineDataAttribute>()
            .Select(data => ((string)data.Data[0]!).Split(' ')[0]);

        Assert.Equal(listed.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("backfill --from chats.jsonl")]
    [InlineData("recall Lisbon --user omar")]
    [InlineData("status")]
    [InlineData("doctor --from chats.jsonl")]
    [InlineData("nope")]
    public async Task Nothing_that_is_redirected_holds_terminal_codes(string arguments)
    {
        _place.Write("chats.jsonl", Chats.Small);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var result = await _place.RunAsync(arguments.Split(' '));

        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.DoesNotContain('\r', result.Output + result.Error);
    }

    [Fact]
    public async Task A_message_cannot_steer_the_terminal_that_recall_prints_to()
    {
        _place.Write("chats.jsonl", Chats.Line("m1", "t", "red \u001b[31malert\u001b[0m \u0007 bell", "2024-01-01T00:00:00Z", user: "dana"));
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var result = await _place.RunAsync("recall", "alert", "--user", "dana");

        Assert.Contains("alert", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
    }

    public void Dispose() => _place.Dispose();
}
