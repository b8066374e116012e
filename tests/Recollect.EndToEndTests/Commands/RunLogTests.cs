using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class RunLogTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public async Task A_run_writes_one_file_beside_the_data_root_without_any_text_of_messages()
    {
        _place.Write("chats.jsonl", [.. Chats.Small, "{\"thread\": \"secret handshake\", broken"]);

        var run = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--data-root", "kept/here");

        var log = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_place.PathOf("kept/logs"))), TestContext.Current.CancellationToken);
        Assert.Contains(run.GetProperty("run_id").GetString()!, log, StringComparison.Ordinal);
        Assert.All(["Elm Street", "Miramar", "piano", "handshake", "dana", "omar"], word => Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Files_that_are_too_old_are_removed_and_others_are_not_touched()
    {
        _place.Write("chats.jsonl", Chats.Small);
        string[] names = ["recollect_nightly_20200101_020000.log", "recollect_nightly_20200105_020000.log", "notes.log"];
        foreach (var (name, days) in names.Zip([9, 5, 99]))
        {
            File.SetLastWriteTimeUtc(_place.Write(Path.Combine("logs", name), "text"), DateTime.UtcNow.AddDays(-days));
        }

        _place.Variables["RECOLLECT__Logs__KeepDays"] = "7";
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        Assert.Equal([false, true, true], names.Select(name => File.Exists(_place.PathOf(Path.Combine("logs", name)))));
        Assert.Equal(3, Directory.GetFiles(_place.PathOf("logs")).Length);
    }

    [Fact]
    public async Task Asking_and_forecasting_write_no_log()
    {
        _place.Write("chats.jsonl", Chats.Small);

        await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--dry-run");
        await _place.JsonAsync("recall", "x", "--user", "dana");
        await _place.JsonAsync("status");

        Assert.False(Directory.Exists(_place.PathOf("logs")));
    }

    public void Dispose() => _place.Dispose();
}
