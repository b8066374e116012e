using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class InitTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public async Task The_config_that_it_writes_works_as_it_is_and_with_chats_named_in_it()
    {
        _place.Write("chats.jsonl", Chats.Small);

        var written = await _place.JsonAsync("init");
        RunJsonAssert.Did(await _place.JsonAsync("backfill", "--from", "chats.jsonl"), created: 3);
        var config = await File.ReadAllTextAsync(_place.PathOf("recollect.json"), TestContext.Current.CancellationToken);
        _place.Write("recollect.json", config.Replace("\"Paths\": []", "\"Paths\": [\"chats.jsonl\"]", StringComparison.Ordinal));
        RunJsonAssert.Did(await _place.JsonAsync("backfill"), unchanged: 3);

        Assert.Equal("recollect.json", written.GetProperty("file").GetString());
        Assert.True((await _place.JsonAsync("doctor")).GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public async Task It_overwrites_only_when_told_to()
    {
        _place.Write("mine.json", "{}");

        var refused = await _place.RunAsync("init", "--config", "mine.json");
        var kept = await File.ReadAllTextAsync(_place.PathOf("mine.json"), TestContext.Current.CancellationToken);
        var forced = await _place.RunAsync("init", "--config", "mine.json", "--force");

        Assert.Equal((2, "{}\n", 0), (refused.ExitCode, kept, forced.ExitCode));
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Segmentation", await File.ReadAllTextAsync(_place.PathOf("mine.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();
}
