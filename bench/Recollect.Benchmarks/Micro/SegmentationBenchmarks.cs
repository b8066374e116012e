using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Ingest.Segmentation;

namespace Recollect.Benchmarks.Micro;

/// <summary>Grouping messages into conversations and hashing them; one operation is one message.</summary>
[MemoryDiagnoser]
public class SegmentationBenchmarks
{
    private const int Messages = 300_000;

    private ServiceProvider? _services;
    private ConversationSegmenter? _segmenter;
    private ChatMessages? _messages;

    [GlobalSetup]
    public void Setup()
    {
        _messages = new(new(17_000, Messages, 500));
        _services = Engine.Build(Path.GetTempPath(), from: null, ("Segmentation:MemoryMebibytes", "4096"));
        _segmenter = _services.GetRequiredService<ConversationSegmenter>();
    }

    [GlobalCleanup]
    public void Cleanup() => _services?.Dispose();

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task<int> SegmentAndHash()
    {
        var characters = 0;
        await foreach (var conversation in _segmenter!.SegmentAsync(_messages!.ReadAsync(), _ => { }, CancellationToken.None))
        {
            characters += conversation.ContentHash.Length;
        }

        return characters;
    }
}
