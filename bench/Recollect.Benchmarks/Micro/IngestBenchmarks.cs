using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Ingest.Changes;
using Recollect.Ingest.Segmentation;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Runs;

namespace Recollect.Benchmarks.Micro;

/// <summary>Keeping memories of 18 messages in SQLite; one operation is one memory.</summary>
[MemoryDiagnoser]
public class IngestBenchmarks
{
    private const int Memories = 500;

    private readonly Workspace _workspace = Workspace.Temporary();
    private readonly List<MemoryRecord> _records = [];
    private ServiceProvider? _services;
    private IMemoryStore? _store;

    [GlobalSetup]
    public async Task Setup()
    {
        Directory.CreateDirectory(_workspace.Data);
        _services = Engine.Build(_workspace.Data, from: null, ("Segmentation:MemoryMebibytes", "4096"));
        var writer = _services.GetRequiredService<IMemoryWriter>();
        var embedder = _services.GetRequiredService<ConversationEmbedder>();
        var messages = new ChatMessages(new(Memories, Memories * 18, 20));
        await foreach (var conversation in _services.GetRequiredService<ConversationSegmenter>().SegmentAsync(messages.ReadAsync(), _ => { }, CancellationToken.None))
        {
            var written = await writer.WriteAsync(conversation, CancellationToken.None);
            var embedded = await embedder.EmbedAsync(conversation, CancellationToken.None);
            _records.Add(MemoryComposer.Compose(ChangeDetector.Compare(conversation, ThreadMemories.None, "benchmark"), written, embedded, keepText: true));
        }
    }

    [IterationSetup]
    public void Empty()
    {
        _services!.Dispose();
        Directory.Delete(_workspace.Data, recursive: true);
        _services = Engine.Build(_workspace.Data);
        _store = _services.GetRequiredService<IMemoryStore>();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _services?.Dispose();
        _workspace.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Memories)]
    public async Task Upsert()
    {
        foreach (var record in _records)
        {
            await _store!.UpsertAsync(record, [], CancellationToken.None);
        }
    }
}
