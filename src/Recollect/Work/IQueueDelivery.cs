namespace Recollect.Work;

/// <summary>A message that was taken from the queue, until one of its members settles it. Settling a second time does nothing.</summary>
public interface IQueueDelivery
{
    /// <summary>Gets the message; its body may be anything that somebody sent.</summary>
    QueueMessage Message { get; }

    /// <summary>Gets how often it was delivered, this time included, as far as the broker tells; at least 1.</summary>
    int Deliveries { get; }

    /// <summary>Says that the work is done: the message is gone.</summary>
    /// <param name="cancellationToken">Stops waiting; the message may come again.</param>
    /// <exception cref="QueueException">The broker could not be told; the message comes again.</exception>
    ValueTask CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Gives the message back, to be delivered again. Where the broker cannot be told, it comes again later all the same.</summary>
    /// <param name="cancellationToken">Stops waiting; the message comes again later.</param>
    ValueTask ReturnAsync(CancellationToken cancellationToken);

    /// <summary>Puts the message into the dead-letter queue, with the reason beside it; only then it is gone from this one.</summary>
    /// <param name="reason">Why, in one line, without any of the body; what is beyond 500 characters is cut off.</param>
    /// <param name="cancellationToken">Stops waiting; the message may come again.</param>
    /// <exception cref="QueueException">The broker could not be told; the message comes again.</exception>
    ValueTask DeadLetterAsync(string reason, CancellationToken cancellationToken);
}
