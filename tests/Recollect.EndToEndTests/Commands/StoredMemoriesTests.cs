using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>What can be done with memories once they are stored.</summary>
public sealed class StoredMemoriesTests : IDisposable
{
    private readonly Workplace _place = new();

    public StoredMemoriesTests() => _place.Write("chats.jsonl", Chats.Small);

    [Fact]
    public async Task Status_counts_what_is_stored_and_lists_the_runs()
    {
        var run = await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var status = await _place.JsonAsync("status");

        Assert.Equal((3L, 2L, 6L, 0L), (status.Number("memories"), status.Number("users"), status.Number("messages"), status.Number("stale")));
        Assert.Equal((0, 0, 0L), (status.GetProperty("failed").GetArrayLength(), status.GetProperty("parked").GetArrayLength(), status.Number("open")));
        Assert.Equal(run.GetProperty("run_id").GetString(), status.GetProperty("runs")[0].GetProperty("run_id").GetString());
        Assert.NotEqual(default, status.GetProperty("watermark").GetDateTimeOffset());
    }

    [Fact]
    public async Task Status_names_memories_that_other_settings_would_make_anew()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        _place.Variables["RECOLLECT__Generation__Use"] = "verbatim";

        var status = await _place.JsonAsync("status");
        var run = await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        Assert.Equal(3, status.Number("stale"));
        RunJsonAssert.Did(run, updated: 3);
    }

    [Fact]
    public async Task Doctor_is_content_with_what_works_and_says_how_to_mend_what_does_not()
    {
        var well = await _place.JsonAsync("doctor", "--from", "chats.jsonl");
        var ill = await _place.RunAsync("doctor", "--from", "nowhere.jsonl", "--json");

        var broken = Workplace.JsonOf(ill).GetProperty("parts").EnumerateArray().Single(part => !part.GetProperty("healthy").GetBoolean());
        Assert.True(well.GetProperty("healthy").GetBoolean());
        Assert.Equal(3, ill.ExitCode);
        Assert.Contains("nowhere.jsonl does not exist", broken.GetProperty("finding").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(broken.GetProperty("advice").GetString()!);
    }

    [Fact]
    public async Task An_export_imported_elsewhere_gives_the_same_recall_and_the_same_export()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var exported = await _place.ExportAsync();
        var before = await RecallAsync("data");

        var first = await _place.JsonAsync("import", "export.jsonl", "--data-root", "other");
        var second = await _place.JsonAsync("import", "export.jsonl", "--data-root", "other");

        Assert.Equal((3L, 3L), (first.Number("imported"), second.Number("unchanged")));
        Assert.Equal(before, await RecallAsync("other"));
        Assert.Equal(exported, await _place.ExportAsync("other"));
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--data-root", "other"), unchanged: 3);
    }

    [Fact]
    public async Task An_export_of_one_user_holds_nobody_else()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var export = await _place.JsonAsync("export", "omar.jsonl", "--user", "omar");

        Assert.Equal(1, export.Number("exported"));
        Assert.DoesNotContain("dana", await File.ReadAllTextAsync(_place.PathOf("omar.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_memory_is_counted_and_the_others_are_imported()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        await _place.ExportAsync();
        _place.Append("export.jsonl", "not a memory");

        var result = await _place.RunAsync("import", "export.jsonl", "--data-root", "other", "--json");

        var report = Workplace.JsonOf(result);
        Assert.Equal((1, 3L, 1L), (result.ExitCode, report.Number("imported"), report.Number("unreadable_count")));
        Assert.Contains("line 4", report.GetProperty("unreadable")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_user_stays_forgotten_through_backfill_and_import()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        await _place.ExportAsync();

        var receipt = await _place.JsonAsync("forget", "--user", "dana");
        var run = await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var import = await _place.JsonAsync("import", "export.jsonl");
        var recall = await _place.RunAsync("recall", "address", "--user", "dana", "--json");

        Assert.Equal("{tenant: text, user: text, forgotten_at: text, memories: number, messages: number, chunks: number, state_entries: number, sessions: number, backups: []}", JsonShape.Of(receipt));
        Assert.Equal((2L, 4L, 2L), (receipt.Number("memories"), receipt.Number("messages"), receipt.Number("chunks")));
        Assert.True(receipt.Number("state_entries") > 0);
        RunJsonAssert.Closes(run);
        Assert.Equal((2L, 1L), (run.GetProperty("skipped").Number("forgotten"), run.Number("unchanged")));
        Assert.Equal((2L, 1L), (import.Number("forgotten"), import.Number("unchanged")));
        Assert.Equal("""{"memories":[]}""", recall.Output.TrimEnd('\n'));
        Assert.DoesNotContain(Directory.EnumerateFiles(_place.PathOf("data"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("Elm Street", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_retry_leaves_what_is_done_alone()
    {
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var run = await _place.JsonAsync("retry", "--from", "chats.jsonl");

        RunJsonAssert.Did(run, unchanged: 3);
        RunJsonAssert.CalledNothing(run);
        Assert.Equal("retry", run.GetProperty("mode").GetString());
    }

    public void Dispose() => _place.Dispose();

    private async Task<string> RecallAsync(string dataRoot) =>
        (await _place.JsonAsync("recall", "What is my address?", "--user", "dana", "--data-root", dataRoot)).GetRawText()
        + (await _place.JsonAsync("recall", "Where is the hotel?", "--user", "omar", "--by", "message", "--data-root", dataRoot)).GetRawText();
}
