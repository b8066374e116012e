using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Recollect.Runs;

namespace Recollect.Benchmarks;

/// <summary>A backfill over a model that takes its time, against the rate that concurrency and latency allow.</summary>
internal static class LlmRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        await using var server = await ChatServer.StartAsync();
        server.KeepsCalls = false;
        server.Latency = TimeSpan.FromMilliseconds(arguments.Number("--latency", 200));
        await MeasureAsync("warm-up", server, arguments, conversations: 256);
        var conversations = arguments.Number("--conversations", 6_400);
        await MeasureEndpointAsync(server, arguments, conversations);
        await MeasureAsync("backfill", server, arguments, conversations);
        return 0;
    }

    /// <summary>Measures what is left of the possible rate where nothing but requests is made: the machine's own part.</summary>
    private static async Task MeasureEndpointAsync(ChatServer server, Arguments arguments, int requests)
    {
        var concurrency = Concurrency(arguments);
        using var client = new OpenAiChatClient(Options.Create(new OpenAiChatOptions { Endpoint = server.Url, Model = "bench" }), TimeProvider.System);
        var text = new string('x', 4_000);
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (i, token) => await client.GetResponseAsync([new(ChatRole.User, string.Create(CultureInfo.InvariantCulture, $"{i} {text}"))], cancellationToken: token));
        Print("requests alone", requests, Stopwatch.GetElapsedTime(start), server, concurrency);
    }

    private static async Task MeasureAsync(string name, ChatServer server, Arguments arguments, int conversations)
    {
        var concurrency = Concurrency(arguments);
        using var workspace = Workspace.Temporary();
        new ChatGenerator(new(conversations, conversations * 6, Owners: 50)).Write(workspace.Chats);
        await using var services = Engine.Build(
            workspace.Data,
            workspace.Chats,
            ("Generation:Use", "llm"),
            ("Generation:OpenAi:Endpoint", server.Url),
            ("Generation:OpenAi:Model", "bench"),
            ("Runs:Concurrency", concurrency.ToString(CultureInfo.InvariantCulture)));
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var report = await services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);
        Print(name, report.Created, Stopwatch.GetElapsedTime(start), server, concurrency);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {report.Created} of {report.Read} conversations, {report.Model.Calls} calls, {report.Model.InputTokens:N0} tokens in, {report.Model.OutputTokens:N0} out; {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:F1} s of processor time, the server's included"));
    }

    private static int Concurrency(Arguments arguments) => arguments.Number("--concurrency", 64);

    private static void Print(string name, long done, TimeSpan elapsed, ChatServer server, int concurrency)
    {
        var possible = concurrency / server.Latency.TotalSeconds;
        var rate = done / elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {done} in {elapsed.TotalSeconds:F1} s, {rate:F1}/s of {possible:F1}/s: {rate / possible:F3}"));
    }
}
