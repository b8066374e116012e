using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Recall;

namespace Recollect.Benchmarks.Measuring;

/// <summary>Asks many questions, one after the other, and tells how long the answers took.</summary>
internal static class RecallMeter
{
    public static async Task RunAsync(IServiceProvider services, ChatGenerator chats, int owners, int questions, bool byMessage)
    {
        var engine = services.GetRequiredService<RecallEngine>();
        var process = Process.GetCurrentProcess();
        var latencies = new Latencies();
        var processor = new Latencies();
        var kinds = Enumerable.Range(0, 5).Select(_ => (Wall: new Latencies(), Processor: new Latencies())).ToArray();
        var found = 0L;
        var asked = 0;
        var phase = Phase.Start(byMessage ? "recall by message" : "recall by conversation");
        foreach (var question in chats.Questions(questions))
        {
            var query = new RecallQuery { Owner = new() { User = ChatGenerator.UserOf(asked % owners) }, Text = question };
            process.Refresh();
            var cpu = process.TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            found += byMessage ? (await engine.RecallMessagesAsync(query, CancellationToken.None)).Count : (await engine.RecallAsync(query, CancellationToken.None)).Count;
            var elapsed = Stopwatch.GetElapsedTime(start);
            process.Refresh();
            latencies.Add(elapsed);
            processor.Add(process.TotalProcessorTime - cpu);
            kinds[asked % 5].Wall.Add(elapsed);
            kinds[asked++ % 5].Processor.Add(process.TotalProcessorTime - cpu);
        }

        phase.End($"{latencies}; CPU {processor}; {found} found");
        string[] names = ["one frequent word", "two frequent words", "one rare word", "a question", "a sentence"];
        foreach (var (name, kind) in names.Zip(kinds))
        {
            Console.WriteLine($"|   {name,-22} | | | | | {kind.Wall}; CPU {kind.Processor} |");
        }
    }
}
