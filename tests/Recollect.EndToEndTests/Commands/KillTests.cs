using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>Kills the program at moments of a seeded source, runs it again, and compares with a run that nobody disturbed.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20_240_101;
    private static readonly (int Conversations, int Kills) Size = Workplace.IsFull ? (5_000, 50) : (600, 6);

    private readonly Workplace _place = new();
    private readonly Random _random = new(Seed);

    [Fact]
    public async Task Killed_at_any_moment_and_run_again_it_ends_where_an_undisturbed_run_does()
    {
        _place.Write("chats.jsonl", Chats.Many(Size.Conversations, messages: 4));
        var whole = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--data-root", "whole");
        var expected = await _place.ExportAsync("whole");
        RunJsonAssert.Did(whole, created: Size.Conversations);
        var duration = whole.Number("elapsed_ms") + 300;

        for (var (kills, round) = (0, 0); kills < Size.Kills; round++)
        {
            var root = FormattableString.Invariant($"round-{round}");
            kills += await KillAsync(root, duration);
            kills += await KillAsync(root, duration);
            var last = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--data-root", root);

            RunJsonAssert.Did(last, created: last.Number("created"), unchanged: Size.Conversations - last.Number("created"));
            output.WriteLine($"round {round}: {last.Number("created")} were left to do");
            Assert.Equal(expected, await _place.ExportAsync(root));
            Assert.Empty(Directory.EnumerateFiles(_place.PathOf(root), "*.spool", SearchOption.AllDirectories));
            Directory.Delete(_place.PathOf(root), recursive: true);
        }
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Kills a run at some moment.</summary>
    /// <returns>1; 0 when the run had ended before.</returns>
    private async Task<int> KillAsync(string root, long duration)
    {
        using var process = _place.Start("backfill", "--from", "chats.jsonl", "--data-root", root);
        if (await process.EndsWithinAsync(TimeSpan.FromMilliseconds(_random.NextInt64(duration))))
        {
            Assert.Equal(0, (await process.EndAsync()).ExitCode);
            return 0;
        }

        await process.KillAsync();
        return 1;
    }
}
