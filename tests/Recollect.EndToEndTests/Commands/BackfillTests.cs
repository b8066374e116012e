using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class BackfillTests : IDisposable
{
    private const string RunShape =
        "{run_id: text, mode: text, status: text, dry_run: bool, read: number, created: number, updated: number, unchanged: number, "
        + "skipped: {}, failed: {}, retired: number, messages: number, unreadable: number, "
        + "model: {calls: number, input_tokens: number, output_tokens: number}, embedding: {calls: number, texts: number, tokens: number}, "
        + "deliveries: {sent: number, failed: number}, notices: [], elapsed_ms: number}";

    private readonly Workplace _place = new();

    public BackfillTests() => _place.Write("chats.jsonl", Chats.Small);

    [Fact]
    public async Task Its_json_has_the_promised_fields_and_stands_alone_on_standard_output()
    {
        var result = await _place.RunAsync("backfill", "--from", "chats.jsonl", "--json");

        var run = Workplace.JsonOf(result);
        Assert.Equal(0, result.ExitCode);
        Assert.Single(result.Output.TrimEnd('\n').Split('\n'));
        Assert.Contains("3 conversations read", result.Error, StringComparison.Ordinal);
        Assert.Equal(RunShape, JsonShape.Of(run));
        Assert.Equal(("backfill", 3L, 6L), (run.GetProperty("mode").GetString(), run.Number("read"), run.Number("messages")));
        RunJsonAssert.Did(run, created: 3);
    }

    [Fact]
    public async Task Without_json_people_read_standard_output()
    {
        var result = await _place.RunAsync("backfill", "--from", "chats.jsonl");

        Assert.Contains("3 created", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Again_over_the_same_it_calls_nothing_and_changes_nothing()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var before = await _place.ExportAsync();

        var run = await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        RunJsonAssert.Did(run, unchanged: 3);
        RunJsonAssert.CalledNothing(run);
        Assert.Equal(before, await _place.ExportAsync());
    }

    [Theory]
    [InlineData("backfill")]
    [InlineData("nightly")]
    public async Task One_more_message_makes_exactly_one_conversation_again(string command)
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        _place.Append("chats.jsonl", Chats.Line("m5", "home", "Tuesdays at seven from now on.", "2024-01-06T10:05:00Z", user: "dana"));

        var run = await _place.JsonAsync(command, "--from", "chats.jsonl");

        RunJsonAssert.Did(run, updated: 1, unchanged: 2);
        Assert.Equal(command, run.GetProperty("mode").GetString());
    }

    [Fact]
    public async Task A_first_nightly_reads_everything()
    {
        RunJsonAssert.Did(await _place.JsonAsync("nightly", "--from", "chats.jsonl"), created: 3);
    }

    [Fact]
    public async Task A_dry_run_forecasts_and_keeps_nothing()
    {
        var forecast = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--dry-run");
        var status = await _place.JsonAsync("status");

        Assert.True(forecast.GetProperty("dry_run").GetBoolean());
        Assert.Equal(3, forecast.Number("created"));
        Assert.Equal((0L, 0), (status.Number("memories"), status.GetProperty("runs").GetArrayLength()));
    }

    [Fact]
    public async Task With_a_limit_run_after_run_makes_the_next_ones()
    {
        var first = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--limit", "2");
        var second = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--limit", "2");

        Assert.Equal((2L, 1L), (first.Number("created"), first.GetProperty("skipped").Number("over_limit")));
        RunJsonAssert.Did(second, created: 1, unchanged: 2);
    }

    [Fact]
    public async Task What_vanished_from_the_source_stays_until_it_is_pruned()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        _place.Write("chats.jsonl", Chats.Small.Take(4));

        var kept = await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var pruned = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--prune");

        Assert.Equal((0L, 1L), (kept.Number("retired"), pruned.Number("retired")));
        Assert.Equal(2, (await _place.ExportAsync()).Length);
    }

    [Fact]
    public async Task A_conversation_that_goes_on_is_counted_and_made_only_when_asked()
    {
        _place.Append("chats.jsonl", Chats.Line("n1", "now", "Are you there?", DateTimeOffset.UtcNow.ToString("O"), user: "dana"));

        var run = await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var asked = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--include-open");

        Assert.Equal((3L, 1L), (run.Number("created"), run.GetProperty("skipped").Number("still_open")));
        RunJsonAssert.Did(asked, created: 1, unchanged: 3);
    }

    [Fact]
    public async Task The_same_file_named_twice_is_read_once()
    {
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--from", "./chats.jsonl", _place.PathOf("chats.jsonl")), created: 3);
    }

    public void Dispose() => _place.Dispose();
}
