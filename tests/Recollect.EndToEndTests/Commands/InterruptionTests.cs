using System.Text.Json;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>What happens while a run is under way.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly int Conversations = Workplace.IsFull ? 5_000 : 1_000;

    private readonly Workplace _place = new();

    public InterruptionTests() => _place.Write("chats.jsonl", Chats.Many(Conversations, messages: 4));

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stopped_it_reports_what_it_did_and_a_later_run_does_the_rest(string signal)
    {
        SkipOnWindows();
        using var process = await StartAsync();
        var written = new FileInfo(_place.PathOf("data/memories.db-wal"));
        await process.UntilAsync(() =>
        {
            written.Refresh();
            return written is { Exists: true, Length: > 512 * 1024 };
        });
        await process.SignalAsync(signal);
        var result = await process.EndAsync();
        var left = await _place.JsonAsync("status");
        var next = await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var run = Workplace.JsonOf(result);
        Assert.Equal((130, "cancelled"), (result.ExitCode, run.GetProperty("status").GetString()));
        Assert.Contains("Backfill was cancelled after", result.Error, StringComparison.Ordinal);
        RunJsonAssert.Closes(run);
        Assert.Equal(run.Number("created"), left.Number("memories"));
        Assert.Equal("cancelled", left.GetProperty("runs")[0].GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, left.GetProperty("watermark").ValueKind);
        RunJsonAssert.Did(next, created: Conversations - run.Number("created"), unchanged: run.Number("created"));
    }

    [Theory]
    [InlineData("backfill", "--from", "chats.jsonl")]
    [InlineData("forget", "--user", "u1")]
    [InlineData("import", "export.jsonl", "--json")]
    [InlineData("retry", "--from", "chats.jsonl")]
    public async Task Whoever_comes_second_is_told_who_is_at_work_and_does_nothing(params string[] arguments)
    {
        SkipOnWindows();
        _place.Write("export.jsonl");
        using var first = await StartAsync();
        await first.SignalAsync("STOP"); // it keeps what it holds

        var second = await _place.RunAsync(arguments);
        var forgotten = (await _place.JsonAsync("status")).Number("forgotten_users");
        await first.SignalAsync("CONT");
        var run = Workplace.JsonOf(await first.EndAsync());

        Assert.Equal((3, ""), (second.ExitCode, second.Output));
        Assert.Contains(FormattableString.Invariant($"process {first.Id} since "), second.Error, StringComparison.Ordinal);
        Assert.Single(second.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(0, forgotten);
        RunJsonAssert.Did(run, created: Conversations);
        Assert.Single((await _place.JsonAsync("status")).GetProperty("runs").EnumerateArray());
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task A_nightly_run_that_comes_second_says_so_and_is_no_failure(params string[] options)
    {
        SkipOnWindows();
        using var first = await StartAsync();
        await first.SignalAsync("STOP");

        var plain = await _place.RunAsync(["nightly", "--from", "chats.jsonl", .. options]);
        var json = await _place.RunAsync(["nightly", "--from", "chats.jsonl", "--json", .. options]);
        await first.SignalAsync("CONT");
        var run = Workplace.JsonOf(await first.EndAsync());

        var said = FormattableString.Invariant($"Another run is under way over the same data (process {first.Id} since ");
        Assert.All([plain, json], second =>
        {
            Assert.Equal(0, second.ExitCode);
            Assert.StartsWith($"recollect: {said}", second.Error, StringComparison.Ordinal);
            Assert.EndsWith("this one did nothing; the next one catches up.\n", second.Error, StringComparison.Ordinal);
            Assert.Single(second.Error.TrimEnd('\n').Split('\n'));
        });
        Assert.Empty(plain.Output);
        var report = Workplace.JsonOf(json);
        Assert.Equal(("nightly", "skipped"), (report.GetProperty("mode").GetString(), report.GetProperty("status").GetString()));
        Assert.StartsWith(said, Assert.Single(report.GetProperty("notices").EnumerateArray()).GetString(), StringComparison.Ordinal);
        RunJsonAssert.Did(report);
        Assert.Equal(0, report.Number("messages"));
        RunJsonAssert.Did(run, created: Conversations);
        Assert.Single((await _place.JsonAsync("status")).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task While_a_run_is_under_way_memory_can_be_asked()
    {
        SkipOnWindows();
        using var first = await StartAsync();
        await first.SignalAsync("STOP");

        var recall = await _place.RunAsync("recall", "Lisbon", "--user", "u1", "--json");
        await first.SignalAsync("CONT");
        var run = await first.EndAsync();

        Assert.Equal((0, 0), (recall.ExitCode, run.ExitCode));
    }

    [Fact]
    public async Task The_lock_of_a_killed_process_is_free_at_once()
    {
        using var first = await StartAsync();
        await first.KillAsync();

        var next = await _place.RunAsync("backfill", "--from", "chats.jsonl");

        Assert.Equal(0, next.ExitCode);
    }

    public void Dispose() => _place.Dispose();

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");

    /// <summary>Starts a run and waits until it has the lock.</summary>
    private async Task<RecollectProcess> StartAsync()
    {
        var process = _place.Start("backfill", "--from", "chats.jsonl", "--json");
        var owner = new FileInfo(_place.PathOf("data/locks/run.owner"));
        await process.UntilAsync(() =>
        {
            owner.Refresh();
            return owner is { Exists: true, Length: > 0 } && new FileInfo(_place.PathOf("data/memories.db")).Exists;
        });
        return process;
    }
}
