using System.Collections.Concurrent;
using Recollect.Conversations;
using Recollect.Memorize.Delivery;

namespace Recollect.UnitTests.Memorize.Delivery;

/// <summary>Keeps what it is given, or refuses it: the receiver that the suite of deliveries is itself tried on.</summary>
internal sealed class RecordingDelivery : IDelivery
{
    private readonly ConcurrentQueue<(string Key, string MemoryId)> _received = new();

    public string Name => "recording";

    public bool Refuses { get; set; }

    public IReadOnlyList<(string Key, string MemoryId)> Received => [.. _received];

    public ValueTask DeliverAsync(Memory memory, string idempotencyKey, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Refuses)
        {
            throw new DeliveryException("The receiver refused.", isTransient: true);
        }

        _received.Enqueue((idempotencyKey, memory.Id));
        return ValueTask.CompletedTask;
    }
}
