using Recollect.Connectors.Sqlite;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

/// <summary>A run that cannot go on still says what it did.</summary>
public sealed class AbortedRunTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public async Task A_source_that_is_not_there_gives_the_account_as_the_last_line()
    {
        var result = await _place.RunAsync("backfill", "--from", "nowhere.jsonl", "--json");

        Assert.Equal(3, result.ExitCode);
        var run = Workplace.JsonOf(result);
        Assert.Equal("aborted", run.GetProperty("status").GetString());
        RunJsonAssert.Did(run);
        Assert.Contains("nowhere.jsonl", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_takes_no_more_gives_the_account_of_what_it_took()
    {
        _place.Write("first.jsonl", Chats.Small);
        _place.Write("all.jsonl", [.. Chats.Small, .. Chats.Many(20, 2)]);
        _place.Variables["RECOLLECT__Runs__Concurrency"] = "1";
        _place.Variables["RECOLLECT__Runs__Delay"] = "00:00:00";
        await _place.JsonAsync("backfill", "--from", "first.jsonl");
        SqliteLibrary.EnsureBound();
        using (var session = SqliteSession.Open(_place.PathOf("data/memories.db"), string.Empty))
        {
            session.Script("CREATE TRIGGER full BEFORE INSERT ON memories WHEN (SELECT count(*) FROM memories) >= 5 BEGIN SELECT RAISE(ABORT, 'enough'); END");
        }

        var result = await _place.RunAsync("backfill", "--from", "all.jsonl", "--json");

        Assert.Equal(3, result.ExitCode);
        var run = Workplace.JsonOf(result);
        Assert.Equal(("aborted", 2L, 3L), (run.GetProperty("status").GetString(), run.Number("created"), run.GetProperty("failed").Number("store")));
        RunJsonAssert.Closes(run);
    }

    public void Dispose() => _place.Dispose();
}
