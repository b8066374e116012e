namespace Recollect.State;

/// <summary>The deliveries that are owed: noted before the memory is stored, ticked off after the receiver took it.</summary>
public interface IOutbox
{
    /// <summary>Notes a delivery. The same key changes nothing.</summary>
    /// <param name="entry">The delivery.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask EnqueueAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Gets the deliveries that are owed, ordered by key.</summary>
    /// <param name="delivery">The name of the delivery.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(string delivery, CancellationToken cancellationToken);

    /// <summary>Removes a delivery that was made or is not owed any more. Unknown keys are fine.</summary>
    /// <param name="delivery">The name of the delivery.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask RemoveAsync(string delivery, string key, CancellationToken cancellationToken);
}
