using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Conformance.Servers;
using Recollect.Connectors.OpenAi;
using Recollect.Runs;

namespace Recollect.Benchmarks;

/// <summary>A backfill over an embedder that takes its time, against the rate that concurrency and latency allow.</summary>
internal static class EmbedRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        await using var server = await EmbeddingServer.StartAsync();
        server.Dimensions = arguments.Number("--dimensions", 256);
        server.Latency = TimeSpan.FromMilliseconds(arguments.Number("--latency", 200));
        await MeasureAsync("warm-up", server, arguments, conversations: 64, ("Embedding:OpenAi:MaxInputs", "1"));
        var conversations = arguments.Number("--conversations", 3_200);
        await MeasureEndpointAsync(server, arguments, conversations);
        await MeasureAsync("a request each", server, arguments, conversations, ("Embedding:OpenAi:MaxInputs", "1"));
        await MeasureAsync("packed", server, arguments, conversations, ("Embedding:OpenAi:MaxInputs", "2048"));
        return 0;
    }

    /// <summary>Measures what is left of the possible rate where nothing but requests is made: the machine's own part.</summary>
    private static async Task MeasureEndpointAsync(EmbeddingServer server, Arguments arguments, int texts)
    {
        var concurrency = arguments.Number("--concurrency", 32);
        var options = new OpenAiEmbeddingOptions { Endpoint = server.Url, Model = "bench", Dimensions = server.Dimensions, Concurrency = concurrency, MaxInputs = 1 };
        using var embedder = new OpenAiEmbeddingGenerator(Options.Create(options), TimeProvider.System);
        var text = new string('x', 700);
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, texts),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (i, token) => await embedder.GenerateAsync([string.Create(CultureInfo.InvariantCulture, $"{i} {text}")], cancellationToken: token));
        var possible = concurrency / server.Latency.TotalSeconds;
        var rate = texts / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests alone: {rate:F1}/s of {possible:F1}/s: {rate / possible:F3}"));
    }

    private static async Task MeasureAsync(string name, EmbeddingServer server, Arguments arguments, int conversations, (string Key, string? Value) packing)
    {
        var concurrency = arguments.Number("--concurrency", 32);
        using var workspace = Workspace.Temporary();
        new ChatGenerator(new(conversations, conversations * 6, Owners: 50)).Write(workspace.Chats);
        var before = server.Calls.Count;
        await using var services = Engine.Build(
            workspace.Data,
            workspace.Chats,
            ("Generation:Use", arguments.Text("--writer") ?? "verbatim"),
            ("Embedding:Use", "openai"),
            ("Embedding:OpenAi:Endpoint", server.Url),
            ("Embedding:OpenAi:Model", "bench"),
            ("Embedding:OpenAi:Dimensions", server.Dimensions.ToString(CultureInfo.InvariantCulture)),
            ("Embedding:OpenAi:Concurrency", concurrency.ToString(CultureInfo.InvariantCulture)),
            ("Embedding:OpenAi:Linger", arguments.Text("--linger") ?? "00:00:00.010"),
            ("Runs:Concurrency", concurrency.ToString(CultureInfo.InvariantCulture)),
            packing);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var report = await services.GetRequiredService<MemoryPipeline>().RunAsync(new() { Mode = RunMode.Backfill }, progress: null, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var possible = concurrency / server.Latency.TotalSeconds;
        var rate = report.Created / elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {report.Created} of {report.Read} conversations in {elapsed.TotalSeconds:F1} s, {rate:F1}/s of {possible:F1}/s: {rate / possible:F3}; {server.Calls.Count - before} requests; {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:F1} s of processor time, the server's included"));
    }
}
