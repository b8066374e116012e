using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Conformance;
using Recollect.Conformance.Servers;
using Recollect.Connectors;
using Recollect.IntegrationTests.Promises.Engines;
using Recollect.IntegrationTests.Promises.Faults;
using Recollect.Memorize.Generation.Llm;
using Recollect.Registration;
using Recollect.Runs;
using Recollect.State;
using Xunit;

namespace Recollect.IntegrationTests.Llm;

/// <summary>The whole pipeline over a model: caps, counts, forecasts (P7, P8, P14).</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private const int Conversations = 40;

    private readonly Stage _stage = new(new() { Concurrency = 8 });
    private ChatServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        for (var i = 0; i < Conversations; i++)
        {
            _stage.Say(Stage.Thread($"t{i}"), 0, text: $"We spoke about the boat number {i}, and that it needs paint before the summer.");
            _stage.Say(Stage.Thread($"t{i}"), 1, text: string.Concat(Enumerable.Repeat($"And so on about {i}. ", i % 30)) + "Good.");
        }

        _stage.Time.Advance(TimeSpan.FromHours(5));
    }

    public async ValueTask DisposeAsync()
    {
        _stage.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_cap_is_never_exceeded_and_later_runs_go_on_where_it_ended()
    {
        const long Cap = 20_000;
        var before = 0L;
        for (var run = 0; run < 60 && (await _stage.StoredAsync()).Count < Conversations; run++)
        {
            var report = await RunAsync(options => options.MaxTokensPerRun = Cap);
            var (input, output) = _server.Billed;
            Assert.InRange(input + output - before, 1, Cap);
            Assert.Equal(input + output - before, report.Model.InputTokens + report.Model.OutputTokens);
            before = input + output;
            _stage.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(Conversations, (await _stage.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_conversation_that_waits_for_budget_is_not_parked_and_says_why()
    {
        var report = await RunAsync(options => options.MaxTokensPerRun = 12_000, parkAfterRuns: 1);

        Assert.InRange(report.Failed[FailureReasons.Generation], 1, Conversations - 1);
        using var engine = _stage.Open();
        var pending = await engine.State.Pending.ListAsync(source: null, TestContext.Current.CancellationToken);
        Assert.Equal(report.Failed[FailureReasons.Generation], pending.Count);
        Assert.All(pending, one => Assert.Equal((PendingStatus.Failed, 0), (one.Status, one.FailedRuns)));
        Assert.All(pending, one => Assert.Contains("Generation:Llm:MaxTokensPerRun", one.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_stored_half_and_all_in_the_end_and_every_call_is_counted()
    {
        var faults = OpenAi.ChatFailureTests.Faults().Select(row => row.Data.Item2)
            .Concat([ChatAnswer.Refused, ChatAnswer.CutShort, ChatAnswer.Says("I cannot say."), ChatAnswer.Says("{\"summary\":\"half")]).ToArray();
        _server.Script(call => call.Number % 3 == 0 ? null : faults[call.Number % faults.Length]);
        var (calls, tokens) = (0L, 0L);
        for (var run = 0; run < 40 && (await _stage.StoredAsync()).Count < Conversations; run++)
        {
            var report = await RunAsync();
            (calls, tokens) = (calls + report.Model.Calls, tokens + report.Model.InputTokens);
            Assert.Equal(report.Read, report.Created + report.Unchanged + report.Failed.Values.Sum() + report.Skipped.Values.Sum());
            Assert.All(await _stage.StoredAsync(), record => Assert.Contains("We spoke about the boat", record.Memory.Summary, StringComparison.Ordinal));
            _stage.Time.Advance(TimeSpan.FromDays(2));
        }

        Assert.Equal(Conversations, (await _stage.StoredAsync()).Count);
        Assert.Equal(_server.Calls.Count, calls);
        Assert.True(tokens >= _server.Billed.Input);
    }

    [Fact]
    public async Task A_forecast_is_within_a_tenth_of_the_run_and_gives_output_as_the_most()
    {
        using var folder = new ScratchFolder();
        await using var services = Services(folder.Path);
        var pipeline = services.GetRequiredService<MemoryPipeline>();
        var forecast = await pipeline.RunAsync(new() { Mode = RunMode.Backfill, DryRun = true }, progress: null, TestContext.Current.CancellationToken);
        Assert.Empty(_server.Calls);
        var run = await pipeline.RunAsync(new() { Mode = RunMode.Backfill }, progress: null, TestContext.Current.CancellationToken);
        var again = await pipeline.RunAsync(new() { Mode = RunMode.Backfill, DryRun = true }, progress: null, TestContext.Current.CancellationToken);

        Assert.Equal((60, 60, run.Model.Calls), (forecast.Created, run.Created, forecast.Model.Calls));
        Assert.InRange(forecast.Model.InputTokens / (double)run.Model.InputTokens, 0.9, 1.1);
        Assert.InRange(run.Model.OutputTokens, 1, forecast.Model.OutputTokens);
        Assert.Equal(0, again.Model.Calls);
    }

    [Fact]
    public async Task A_forecast_of_conversations_that_are_written_in_parts_is_within_a_tenth()
    {
        var talk = LlmWriters.Talk(Enumerable.Range(1, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"We looked at boat {i} today, and it needs new paint before the summer, a sail, and somebody who keeps it dry.")));
        var writer = LlmWriters.Of(_server, options => options.MaxInputTokens = 4_000);
        var forecast = writer.Forecast(talk);
        var written = await LlmWriters.WriteAsync(writer, talk);
        Assert.Equal(written.Usage.Calls, forecast.Calls);
        Assert.InRange(forecast.InputTokens / (double)written.Usage.InputTokens, 0.9, 1.1);
    }

    [Fact]
    public void A_client_of_the_host_takes_the_place_of_ours()
    {
        using var folder = new ScratchFolder();
        using var services = Services(folder.Path, services => services.AddNamed<IChatClient, OwnClient>("own"), ("Generation:Llm:Client", "own"));
        Assert.IsType<OwnClient>(services.GetRequiredService<IChatClient>());
        using var wrong = Services(folder.Path, change: null, ("Generation:Llm:Client", "onw"));
        Assert.Equal("Generation:Llm:Client is \"onw\"; known: anthropic, openai.", Assert.Throws<ConfigurationException>(() => wrong.GetRequiredService<MemoryPipeline>()).Message);
    }

    private ServiceProvider Services(string root, Action<IServiceCollection>? change = null, params ReadOnlySpan<(string Key, string? Value)> more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Data:Root"] = Path.Combine(root, "data"),
            ["Sources:Files:Paths:0"] = Path.Combine(Repository.Root, "samples/chats"),
            ["Generation:Use"] = "llm",
            ["Generation:OpenAi:Endpoint"] = _server.Url,
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        change?.Invoke(services);
        services.AddRecollect(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddConnectors();
        return services.BuildServiceProvider();
    }

    private async Task<RunReport> RunAsync(Action<LlmOptions>? change = null, int parkAfterRuns = 100)
    {
        using var plan = new FaultPlan();
        _stage.Source.Plan = plan;
        var settings = _stage.Settings with { ParkAfterRuns = parkAfterRuns };
        using var engine = new Engine(_stage.Root, _stage.Source, _stage.Parts with { Writer = LlmWriters.Of(_server, change) }, _stage.Time, settings, plan);
        return await _stage.Time.DriveAsync(() => engine.RunAsync(new() { Mode = RunMode.Backfill }));
    }

    private sealed class OwnClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "{}")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            AsyncEnumerable.Empty<ChatResponseUpdate>();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
