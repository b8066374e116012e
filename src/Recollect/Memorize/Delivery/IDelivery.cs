using Recollect.Conversations;

namespace Recollect.Memorize.Delivery;

/// <summary>Hands a stored memory to another system.</summary>
/// <remarks>Passes <c>DeliveryConformance</c>. Every member is safe to call concurrently.</remarks>
public interface IDelivery
{
    /// <summary>Gets the name that configuration uses to choose this delivery.</summary>
    string Name { get; }

    /// <summary>Delivers one memory. The same key may come again after a crash; the receiver uses it to tell.</summary>
    /// <param name="memory">The memory as stored.</param>
    /// <param name="idempotencyKey">Names this version of this memory: conversation id and fingerprint.</param>
    /// <param name="cancellationToken">Stops waiting; the receiver may have got it all the same.</param>
    /// <exception cref="DeliveryException">The receiver refused or could not be reached.</exception>
    ValueTask DeliverAsync(Memory memory, string idempotencyKey, CancellationToken cancellationToken);
}
