using Recollect.Conformance;
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

    [Fact]
    public async Task The_config_of_a_bot_is_taken_over_and_its_keys_go_where_nobody_else_reads_them()
    {
        _place.Write("config.json", """{"green_api_instance_id":"11","green_api_token":"TOKEN","openai_api_key":"sk-1","godfather_phone":"972501234567","max_retries":3}""");
        _place.Write(".env", "OPENAI_API_KEY=\"sk-other\"", "MINE=1");

        var taken = await _place.RunAsync("init", "--from-config", "config.json");
        var checkedSettings = await _place.RunAsync("status");

        Assert.True(taken.ExitCode == 0, taken.Error);
        Assert.Contains("Wrote recollect.json, and GREEN_API_INSTANCE_ID, GREEN_API_TOKEN to .env", taken.Output, StringComparison.Ordinal);
        Assert.Contains("! .env has another OPENAI_API_KEY, which stays.", taken.Output, StringComparison.Ordinal);
        Assert.Contains("left out: max_retries.", taken.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["OPENAI_API_KEY=\"sk-other\"", "MINE=1", "GREEN_API_INSTANCE_ID=\"11\"", "GREEN_API_TOKEN=\"TOKEN\""],
            await File.ReadAllLinesAsync(_place.PathOf(".env"), TestContext.Current.CancellationToken));
        Assert.Equal(UnixMode.OwnFile, UnixMode.Of(_place.PathOf(".env")));
        Assert.DoesNotContain("TOKEN\"", await File.ReadAllTextAsync(_place.PathOf("recollect.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(checkedSettings.ExitCode == 3, checkedSettings.Error); // the settings are right; Chroma is not there
        Assert.Equal(2, (await _place.RunAsync("init", "--from-config", "config.json", "--recipe", "memory-etl", "--force")).ExitCode);
        Assert.Equal(2, (await _place.RunAsync("init", "--from-config", "none.json", "--force")).ExitCode);
    }

    public void Dispose() => _place.Dispose();
}
