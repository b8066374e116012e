using System.Text.Json;
using Recollect.Conformance.Servers;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Secret = "s3cret-of-the-collector";

    private static readonly string[] Spans = ["recollect.run", "recollect.conversation", "recollect.write", "recollect.embed", "recollect.store"];

    private static readonly string[] Metrics = ["recollect.conversations", "recollect.embedding.duration", "recollect.embedding.tokens", "recollect.store.duration"];

    private static readonly string[] Said = ["Elm Street", "Leeds", "piano", "Miramar", "Lisbon", "dana", "omar"];

    private readonly Workplace _place = new();
    private OtlpCollector _collector = null!;

    public async ValueTask InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        _place.Write("chats.jsonl", Chats.Small);
        _place.Variables["RECOLLECT__Telemetry__OtlpEndpoint"] = _collector.Url + "/";
        _place.Variables["RECOLLECT__Telemetry__Headers"] = $"Authorization=Bearer%20{Secret}";
        _place.Variables["RECOLLECT__Telemetry__ServiceName"] = "night-shift";
    }

    public async ValueTask DisposeAsync()
    {
        await _collector.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData("backfill --from chats.jsonl")]
    [InlineData("nightly --from chats.jsonl")]
    public async Task A_run_sends_its_traces_and_metrics_before_it_ends(string command)
    {
        var result = await _place.RunAsync(command.Split(' '));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.All(_collector.Calls, call => Assert.Equal(("application/x-protobuf", $"Bearer {Secret}"), (call.ContentType, call.Authorization)));
        var (traces, metrics) = (_collector.TextOf("/v1/traces"), _collector.TextOf("/v1/metrics"));
        Assert.All(Spans, name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.All(Metrics, name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.All(new[] { traces, metrics }, text => Assert.Contains("night-shift", text, StringComparison.Ordinal));
        AssertQuiet(result);
    }

    [Fact]
    public async Task The_variable_that_programs_share_names_a_collector_where_the_settings_do_not()
    {
        _place.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Url;
        _place.Variables["RECOLLECT__Telemetry__OtlpEndpoint"] = string.Empty;

        await _place.JsonAsync("backfill", "--from", "chats.jsonl");

        Assert.Contains("recollect.conversation", _collector.TextOf("/v1/traces"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(0)]
    public async Task A_collector_that_refuses_or_is_silent_changes_nothing(int status)
    {
        _collector.Status = status;

        AssertQuiet(await AssertDoneAsync());

        Assert.NotEmpty(_collector.Calls);
    }

    [Theory]
    [InlineData("HttpProtobuf")]
    [InlineData("Grpc")]
    public async Task A_collector_that_is_not_there_changes_nothing(string protocol)
    {
        _place.Variables["RECOLLECT__Telemetry__OtlpEndpoint"] = "http://127.0.0.1:1";
        _place.Variables["RECOLLECT__Telemetry__Protocol"] = protocol;

        AssertQuiet(await AssertDoneAsync());
    }

    [Fact]
    public async Task The_service_sends_what_it_recalls_without_the_question()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await AssertDoneAsync();
        using var serve = _place.Start("serve", "--urls", "http://127.0.0.1:0");
        await serve.UntilAsync(() => Address() is not null);

        var answer = await client.GetStringAsync(new Uri($"{Address()}/api/v1/recall?query=where+is+Elm+Street&user=dana"), TestContext.Current.CancellationToken);
        Assert.Contains("OpenTelemetry", await File.ReadAllTextAsync($"/proc/{serve.Id}/maps", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await serve.SignalAsync("INT");
        var ended = await serve.EndAsync();

        Assert.Contains("Elm Street", answer, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("recollect.recall", _collector.TextOf("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("recollect.recall.duration", _collector.TextOf("/v1/metrics"), StringComparison.Ordinal);
        AssertQuiet(ended);
    }

    [Fact]
    public async Task Where_there_is_no_collector_nothing_of_it_is_loaded()
    {
        _place.Variables["RECOLLECT__Telemetry__OtlpEndpoint"] = string.Empty;
        using var serve = _place.Start("serve", "--urls", "http://127.0.0.1:0");
        await serve.UntilAsync(() => Address() is not null);

        var maps = await File.ReadAllTextAsync($"/proc/{serve.Id}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("Recollect.Server", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", maps, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OtlpEndpoint", "collector:4317?key=" + Secret)]
    [InlineData("OtlpEndpoint", Secret)]
    [InlineData("Headers", Secret)]
    public async Task A_wrong_setting_is_named_and_not_repeated(string setting, string value)
    {
        _place.Variables[$"RECOLLECT__Telemetry__{setting}"] = value;

        var result = await _place.RunAsync("backfill", "--from", "chats.jsonl");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Telemetry:{setting} must be", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Output + result.Error, StringComparison.Ordinal);
    }

    private async Task<ProcessResult> AssertDoneAsync()
    {
        var result = await _place.RunAsync("backfill", "--from", "chats.jsonl", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(JsonValueKind.Object, Workplace.JsonOf(result).ValueKind);
        Assert.Equal(3, Workplace.JsonOf(result).GetProperty("created").GetInt32());
        return result;
    }

    private void AssertQuiet(ProcessResult result)
    {
        var sent = string.Concat(_collector.Calls.Select(call => call.Text));
        Assert.All(Said, word => Assert.DoesNotContain(word, sent, StringComparison.OrdinalIgnoreCase));
        var logs = string.Concat(Directory.GetFiles(_place.PathOf("logs")).Select(File.ReadAllText));
        Assert.DoesNotContain(Secret, result.Output + result.Error + logs, StringComparison.Ordinal);
    }

    private string? Address()
    {
        var log = Directory.Exists(_place.PathOf("logs")) ? Directory.GetFiles(_place.PathOf("logs"), "recollect_serve_*.log").FirstOrDefault() : null;
        if (log is null)
        {
            return null;
        }

        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var line = reader.ReadToEnd().Split('\n').FirstOrDefault(line => line.Contains("Listening on ", StringComparison.Ordinal));
        return line?.Split("Listening on ")[1].Trim();
    }
}
