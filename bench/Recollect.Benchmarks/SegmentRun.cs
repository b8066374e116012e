using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Ingest.Segmentation;

namespace Recollect.Benchmarks;

/// <summary>Segmentation and hashing of messages that are in memory, on one core.</summary>
internal static class SegmentRun
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var messages = new ChatMessages(new(arguments.Number("--conversations", 17_000), arguments.Number("--messages", 300_000), arguments.Number("--owners", 500)));
        await using var services = Engine.Build(Path.GetTempPath(), from: null, ("Segmentation:MemoryMebibytes", "4096"));
        var segmenter = services.GetRequiredService<ConversationSegmenter>();
        for (var round = 0; round < 7; round++)
        {
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            var characters = 0L;
            await foreach (var conversation in segmenter.SegmentAsync(messages.ReadAsync(), _ => { }, CancellationToken.None))
            {
                characters += conversation.ContentHash.Length;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{messages.Count / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} messages/s by the clock, {messages.Count / (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:N0} by processor time ({characters / 64} conversations)"));
        }

        return 0;
    }
}
