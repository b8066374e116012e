using System.Runtime.CompilerServices;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.IntegrationTests.Promises.Faults;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>A source that a test fills, changes and empties; it gives messages in an order that a seed decides.</summary>
internal sealed class ScriptedSource(TimeSpan window) : ISource
{
    public const string SourceName = "scripted";

    private readonly Dictionary<string, ScriptedThread> _threads = new(StringComparer.Ordinal);

    public string Name => SourceName;

    /// <summary>Gets the threads.</summary>
    public IReadOnlyCollection<ScriptedThread> Threads => _threads.Values;

    /// <summary>Gets or sets how much it gives.</summary>
    public ReadDepth Depth { get; set; } = ReadDepth.Everything;

    /// <summary>Gets or sets what decides the order; null: the order of arrival.</summary>
    public Random? Shuffle { get; set; }

    /// <summary>Gets or sets what lets reading fail.</summary>
    public FaultPlan Plan { get; set; } = new();

    /// <summary>Gets or sets a part that cannot be read; null for none.</summary>
    public UnreadableItem? Unreachable { get; set; }

    /// <summary>Gets what was asked for, read by read.</summary>
    public List<ReadRequest> Requests { get; } = [];

    /// <summary>Gets a thread, which is new where it is not known.</summary>
    public ScriptedThread Thread(ThreadKey key, bool isGiven = false)
    {
        if (!_threads.TryGetValue(key.Id, out var thread))
        {
            _threads.Add(key.Id, thread = new(key, isGiven));
        }

        return thread;
    }

    public void Remove(ThreadKey key) => _threads.Remove(key.Id);

    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Reach("begin");
        if (Unreachable is not null)
        {
            observer.OnUnreachable(Unreachable);
        }

        var messages = _threads.Values.SelectMany(thread => thread.Read(request, Depth, window)).ToArray();
        Shuffle?.Shuffle(messages);
        for (var i = 0; i < messages.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i == messages.Length / 2)
            {
                Reach("middle");
                await Task.Yield();
            }

            yield return messages[i];
        }

        Reach("end");
    }

    public ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new Diagnosis(Healthy: true, "scripted"));

    private void Reach(string place)
    {
        if (Plan.Before(typeof(ISource), place) is { } failure)
        {
            throw failure;
        }
    }
}
