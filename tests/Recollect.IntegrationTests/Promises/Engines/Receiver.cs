using System.Collections.Concurrent;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;

namespace Recollect.IntegrationTests.Promises.Engines;

/// <summary>A receiver that honours idempotency keys: what it has seen it takes again without doing anything.</summary>
internal sealed class Receiver : IDelivery
{
    private int _calls;

    public string Name => "receiver";

    /// <summary>Gets the calls made so far, replays included.</summary>
    public int Calls => _calls;

    /// <summary>Gets the deliveries that it acted on: the memory's id by key.</summary>
    public ConcurrentDictionary<string, string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets what happens first; it may throw.</summary>
    public Action<Memory>? First { get; set; }

    public ValueTask DeliverAsync(Memory memory, string idempotencyKey, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        First?.Invoke(memory);
        Seen.TryAdd(idempotencyKey, memory.Id);
        return ValueTask.CompletedTask;
    }
}
