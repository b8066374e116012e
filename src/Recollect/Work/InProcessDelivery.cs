namespace Recollect.Work;

/// <summary>A message that was taken from an <see cref="InProcessQueue"/>.</summary>
/// <param name="queue">The queue.</param>
/// <param name="places">The places of the receiver that took it.</param>
/// <param name="message">The message.</param>
/// <param name="deliveries">How often it was delivered.</param>
internal sealed class InProcessDelivery(InProcessQueue queue, SemaphoreSlim places, QueueMessage message, int deliveries) : IQueueDelivery
{
    private int _isSettled;

    /// <inheritdoc/>
    public QueueMessage Message => message;

    /// <inheritdoc/>
    public int Deliveries => deliveries;

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        Settle();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReturnAsync(CancellationToken cancellationToken)
    {
        if (Settle())
        {
            queue.Return(message, deliveries);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeadLetterAsync(string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Settle())
        {
            queue.Bury(deliveries, reason);
        }

        return ValueTask.CompletedTask;
    }

    private bool Settle()
    {
        if (Interlocked.Exchange(ref _isSettled, 1) != 0)
        {
            return false;
        }

        queue.Settle();
        places.Release();
        return true;
    }
}
