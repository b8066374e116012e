using Microsoft.Extensions.AI;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Promises.Faults;

/// <summary>Counts the calls of all seams of one process, and breaks one of them.</summary>
internal sealed class FaultPlan(FaultKind kind = FaultKind.None, int at = int.MaxValue, Type? only = null) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private readonly List<string> _made = [];
    private (Type Seam, string Name)? _refused;
    private Type? _broken;
    private bool _dead;
    private int _calls;

    /// <summary>Gets the calls counted so far.</summary>
    public int Calls => _calls;

    /// <summary>Gets the calls that came to it, in order.</summary>
    public IReadOnlyList<string> Made => _made;

    /// <summary>Gets the last call.</summary>
    public string Last { get; private set; } = string.Empty;

    /// <summary>Gets what the run is stopped by.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Lets every call of one member fail for good from now on.</summary>
    public void Refuse(Type seam, string name) => _refused = (seam, name);

    /// <summary>Counts a call, and throws if it is the one that fails before it is made.</summary>
    /// <param name="seam">The seam.</param>
    /// <param name="name">What is called.</param>
    /// <returns>What to throw once the call was made; null for nothing.</returns>
    public Exception? Before(Type seam, string name)
    {
        lock (_lock)
        {
            Last = $"{seam.Name}.{name}";
            _made.Add(Last);
            if (_dead)
            {
                throw new InvalidOperationException("The process is dead.");
            }

            if (_refused == (seam, name))
            {
                throw Failure(seam, isTransient: false);
            }

            if (_broken == seam)
            {
                throw Failure(seam, isTransient: true);
            }

            if ((only is not null && only != seam) || _calls++ != at)
            {
                return null;
            }
        }

        return Break(seam);
    }

    public void Dispose() => _cancellation.Dispose();

    private Exception? Break(Type seam)
    {
        switch (kind)
        {
            case FaultKind.Kill:
                _dead = true;
                throw new InvalidOperationException("The process died before the call.");
            case FaultKind.KillAfter:
                _dead = true;
                return new InvalidOperationException("The process died after the call.");
            case FaultKind.Fail:
                throw Failure(seam, isTransient: false);
            case FaultKind.FailOnce:
                throw Failure(seam, isTransient: true);
            case FaultKind.FailAfter:
                return Failure(seam, isTransient: false);
            case FaultKind.Outage:
                _broken = seam;
                throw Failure(seam, isTransient: true);
            case FaultKind.Surprise when seam == typeof(IMemoryWriter) || seam == typeof(IDelivery) || seam == typeof(IEmbeddingGenerator<string, Embedding<float>>):
                throw new InvalidOperationException("Nobody foresaw this.");
            case FaultKind.Cancel:
                _cancellation.Cancel();
                return null;
            default:
                return null;
        }
    }

    private static RecollectException Failure(Type seam, bool isTransient) =>
        seam == typeof(IMemoryStore) ? new MemoryStoreException("The store failed.", isTransient)
        : seam == typeof(IMemoryWriter) ? new GenerationException("The writer failed.", isTransient)
        : seam == typeof(IEmbeddingGenerator<string, Embedding<float>>) ? new EmbeddingException("The embedder failed.", isTransient)
        : seam == typeof(IDelivery) ? new DeliveryException("The receiver failed.", isTransient)
        : seam == typeof(ISource) ? new SourceException("The source failed.", isTransient)
        : new State.StateStoreException("The state failed.", isTransient);
}
