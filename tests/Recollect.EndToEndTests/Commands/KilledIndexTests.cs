using System.Text.RegularExpressions;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>What a kill leaves of the files in which vectors are found.</summary>
public sealed class KilledIndexTests : IDisposable
{
    private const int BeforeTheFirst = 300; // conversations of one user, of which there is a file
    private const string Question = "The rent of the street by the harbour";

    private static readonly int Kills = Workplace.IsFull ? 30 : 4;

    private static readonly Regex UserRegex = new("\"u[0-6]\"", RegexOptions.None, TimeSpan.FromSeconds(1));

    private readonly Workplace _place = new();

    [Fact]
    public async Task Killed_again_and_again_while_it_adds_to_them_the_answers_are_those_of_files_made_anew()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        var count = BeforeTheFirst + (Kills * 700);
        _place.Write("chats.jsonl", Chats.Many(count, messages: 2).Select(static line => UserRegex.Replace(line, "\"u1\"")));
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = _place.Start("backfill", "--from", "chats.jsonl", "--json");
            var before = Written();
            await process.UntilAsync(() => Written() > before);
            await process.KillAsync();

            await AssertSameAnewAsync();
        }

        var rest = await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        Assert.Equal("completed", rest.GetProperty("status").GetString());
        await AssertSameAnewAsync();
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Asks, takes the files away, and asks again.</summary>
    private async Task AssertSameAnewAsync()
    {
        var found = await _place.RunAsync("recall", Question, "--user", "u1", "--top", "20", "--json");
        Directory.Delete(_place.PathOf("data/memories.index"), recursive: true);
        var anew = await _place.RunAsync("recall", Question, "--user", "u1", "--top", "20", "--json");

        Assert.Equal((0, 0), (found.ExitCode, anew.ExitCode));
        Assert.Equal(20, Workplace.JsonOf(found).GetProperty("memories").GetArrayLength());
        Assert.Equal(anew.Output, found.Output);
    }

    /// <summary>Gets how many bytes the files have.</summary>
    private long Written() => new DirectoryInfo(_place.PathOf("data/memories.index")) is { Exists: true } folder
        ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Exists ? file.Length : 0)
        : 0;
}
