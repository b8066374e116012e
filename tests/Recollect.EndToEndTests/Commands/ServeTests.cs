using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed partial class ServeTests : IDisposable
{
    private const string FreePort = "http://127.0.0.1:0";

    private readonly Workplace _place = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _client.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_answers_as_the_command_does_and_ends_with_exit_code_0(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        _place.Write("chats.jsonl", Chats.Small);
        await _place.JsonAsync("backfill", "--from", "chats.jsonl");
        var printed = await _place.JsonAsync("recall", "where do I live", "--user", "dana");
        using var process = _place.Start("serve", "--urls", FreePort);
        var url = await ListeningAsync(process);

        var ready = await GetAsync(url, "/health/ready");
        var recalled = await GetAsync(url, "/api/v1/recall?query=where+do+I+live&user=dana");
        var runs = await GetAsync(url, "/api/v1/runs");
        await process.SignalAsync(signal);
        var ended = await process.EndAsync();

        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal(printed.GetRawText(), recalled.GetRawText());
        Assert.Equal((await _place.JsonAsync("status")).GetProperty("runs").GetRawText(), runs.GetProperty("runs").GetRawText());
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains($"Listening on {url.GetLeftPart(UriPartial.Authority)}\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("GET /api/v1/recall 200 in ", ended.Output, StringComparison.Ordinal);
        Assert.All(["live", "dana", "Elm Street"], word => Assert.DoesNotContain(word, ended.Output + LogText(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task For_programs_it_prints_where_it_listens()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        _place.Variables["ASPNETCORE_URLS"] = "http://0.0.0.0:0"; // nobody else may say where it listens
        using var process = _place.Start("serve", "--urls", $"{FreePort};{FreePort}", "--json");
        await ListeningAsync(process);

        await process.SignalAsync("TERM");
        var ended = await process.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.All(Workplace.JsonOf(ended).GetProperty("urls").EnumerateArray(), url => Assert.Matches(@"^http://127\.0\.0\.1:\d+$", url.GetString()));
        Assert.Equal(2, Workplace.JsonOf(ended).GetProperty("urls").GetArrayLength());
        Assert.Contains("Listening on ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_in_the_middle_of_a_run_it_takes_back_what_is_in_hand_and_a_later_run_does_the_rest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        _place.Write("chats.jsonl", Chats.Many(1_000, messages: 4));
        using var process = _place.Start("serve", "--urls", FreePort, "--from", "chats.jsonl");
        var url = await ListeningAsync(process);
        using var content = new StringContent("""{"mode":"backfill"}""", System.Text.Encoding.UTF8, "application/json");
        using var started = await _client.PostAsync(new Uri(url, "/api/v1/runs"), content, TestContext.Current.CancellationToken);
        var written = new FileInfo(_place.PathOf("data/memories.db-wal"));
        await process.UntilAsync(() =>
        {
            written.Refresh();
            return written is { Exists: true, Length: > 512 * 1024 };
        });

        await process.SignalAsync("TERM");
        var ended = await process.EndAsync();
        var left = await _place.JsonAsync("status");
        var next = await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        var run = left.GetProperty("runs")[0];
        Assert.Equal((0, System.Net.HttpStatusCode.Accepted), (ended.ExitCode, started.StatusCode));
        Assert.Equal("cancelled", run.GetProperty("status").GetString());
        RunJsonAssert.Closes(run.GetProperty("report"));
        Assert.Equal(run.GetProperty("report").Number("created"), left.Number("memories"));
        RunJsonAssert.Did(next, created: 1_000 - left.Number("memories"), unchanged: left.Number("memories"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8201")]
    [InlineData("http://192.168.1.4:8201")]
    [InlineData("http://*:8201")]
    [InlineData("http://memory.example:8201")]
    [InlineData("http://127.0.0.1:0;http://10.0.0.1:0")]
    public async Task Beyond_this_machine_it_does_not_listen(string urls)
    {
        var result = await _place.RunAsync("serve", "--urls", urls);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("needs API keys", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("Urls", "memory", "Server:Urls is \"memory\"; it must be http://127.0.0.1:PORT")]
    [InlineData("Urls", ";", "Server:Urls names no address")]
    [InlineData("MaxRequestBytes", "10", "Server:MaxRequestBytes must be between 1024 and 104857600")]
    [InlineData("MaxRequestBytes", "much", "'much' at 'Server:MaxRequestBytes'")]
    public async Task A_setting_that_cannot_be_used_is_named(string name, string value, string message)
    {
        _place.Variables[$"RECOLLECT__Server__{name}"] = value;

        var result = await _place.RunAsync("serve");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var first = _place.Start("serve", "--urls", FreePort);
        var url = (await ListeningAsync(first)).GetLeftPart(UriPartial.Authority);

        var second = await _place.RunAsync("serve", "--urls", url);

        Assert.Equal((3, ""), (second.ExitCode, second.Output));
        Assert.Equal($"recollect: The server cannot listen on {url}: another program listens there. Name another port with --urls.\n", second.Error);
    }

    /// <summary>Waits until the server's own log says where it listens.</summary>
    private async Task<Uri> ListeningAsync(RecollectProcess process)
    {
        await process.UntilAsync(() => Listening().IsMatch(LogText()));
        return new(Listening().Match(LogText()).Groups["url"].Value);
    }

    private string LogText()
    {
        if (!Directory.Exists(_place.PathOf("logs")))
        {
            return string.Empty;
        }

        return string.Concat(Directory.GetFiles(_place.PathOf("logs"), "recollect_serve_*.log").Select(path =>
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }));
    }

    private async Task<JsonElement> GetAsync(Uri url, string path)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri(url, path), TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"Listening on (?<url>http://127\.0\.0\.1:\d+)[,\r\n]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Listening();
}
