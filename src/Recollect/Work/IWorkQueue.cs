using System.Diagnostics.CodeAnalysis;

namespace Recollect.Work;

/// <summary>Carries messages from whoever triggers work to the workers that do it.</summary>
/// <remarks>
/// Passes <c>WorkQueueConformance</c>. Every member is safe to call concurrently. Delivery is at least once: a message that was
/// taken and not settled comes back, to this worker or another. What a broker does to a connection (a restart, a network that
/// breaks) is mended inside: receiving goes on as soon as the broker can be reached again. A queue that holds connections is
/// disposed with the services; what was taken and not settled by then comes back.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, as brokers have it")]
public interface IWorkQueue
{
    /// <summary>Gets the name that configuration uses to choose this queue.</summary>
    string Name { get; }

    /// <summary>Gets the longest body that can be sent, in bytes of UTF-8.</summary>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="QueueException">The broker refused or could not be reached.</exception>
    ValueTask<int> GetMaxBytesAsync(CancellationToken cancellationToken);

    /// <summary>Sends one message, and returns once the broker has promised to keep it.</summary>
    /// <param name="message">The message; its body is not empty.</param>
    /// <param name="cancellationToken">Stops waiting; the message may have been sent all the same.</param>
    /// <exception cref="ArgumentException">The body is empty.</exception>
    /// <exception cref="QueueException">The broker refused (the body is too long, or holds characters that it does not carry), or could not be reached: then the message may be there all the same.</exception>
    ValueTask SendAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>Takes messages as they come, until it is stopped. Each stays with this process, however long the work takes, until it is settled.</summary>
    /// <remarks>Messages come in no promised order. Several receivers, here or elsewhere, share them out.</remarks>
    /// <param name="prefetch">How many unsettled messages this receiver holds at once, at most; at least 1.</param>
    /// <param name="cancellationToken">Stops taking; what was given out can still be settled, all else goes back at once.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="QueueException">The broker refused, and trying again does not help.</exception>
    IAsyncEnumerable<IQueueDelivery> ReceiveAsync(int prefetch, CancellationToken cancellationToken);

    /// <summary>Gets how much is waiting.</summary>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="QueueException">The broker refused or could not be reached.</exception>
    ValueTask<QueueDepth> GetDepthAsync(CancellationToken cancellationToken);

    /// <summary>Checks connection, queue and dead-letter queue and says how to mend what is wrong.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}
