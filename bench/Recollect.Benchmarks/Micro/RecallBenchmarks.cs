using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Recollect.Benchmarks.Chats;
using Recollect.Benchmarks.Measuring;
using Recollect.Recall;

namespace Recollect.Benchmarks.Micro;

/// <summary>Recall in a process that lives on; one operation is one question.</summary>
[MemoryDiagnoser]
public class RecallBenchmarks
{
    private const int Questions = 50;

    private readonly Workspace _workspace = Workspace.Temporary();
    private ServiceProvider? _services;
    private RecallEngine? _engine;
    private RecallQuery[] _queries = [];

    [Params(10_000, 100_000)]
    public int Memories { get; set; }

    [Params(1, 50)]
    public int Owners { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        var chats = new ChatGenerator(new(Memories, Memories * 6, Owners));
        chats.Write(_workspace.Chats);
        await WholeRun.BackfillAsync("backfill", _workspace, new([]));
        _services = Engine.Build(_workspace.Data);
        _engine = _services.GetRequiredService<RecallEngine>();
        _queries = [.. chats.Questions(Questions).Select((question, i) => new RecallQuery { Owner = new() { User = ChatGenerator.UserOf(i % Owners) }, Text = question })];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _services?.Dispose();
        _workspace.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Questions)]
    public async Task<int> ByConversation()
    {
        var found = 0;
        foreach (var query in _queries)
        {
            found += (await _engine!.RecallAsync(query, CancellationToken.None)).Count;
        }

        return found;
    }

    [Benchmark(OperationsPerInvoke = Questions)]
    public async Task<int> ByMessage()
    {
        var found = 0;
        foreach (var query in _queries)
        {
            found += (await _engine!.RecallMessagesAsync(query, CancellationToken.None)).Count;
        }

        return found;
    }
}
