namespace Recollect.State;

/// <summary>The conversations that were put on the work queue, by the source's own ids, until they are done: so that none is lost with a message and none is put there twice.</summary>
public interface IQueuedConversations
{
    /// <summary>Notes conversations that need work. One that waits already only takes over the later <see cref="QueuedConversation.UpdatedAt"/> and becomes due no later than before; one that is noted as done for that state, or a later one, stays done.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask NoteAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Takes conversations that are due, and that were not sent or were sent so long ago that the message must be lost; notes them as sent now. Two callers never get the same one.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="now">The moment.</param>
    /// <param name="resendBefore">Those sent before this moment are sent again.</param>
    /// <param name="top">How many at the most; at least 1.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>Ids, those due longest first; of equal ones by <see cref="QueuedConversation.UpdatedAt"/>, then by id.</returns>
    ValueTask<IReadOnlyList<string>> TakeDueAsync(string source, DateTimeOffset now, DateTimeOffset resendBefore, int top, CancellationToken cancellationToken);

    /// <summary>Lets conversations be due again as they were before they were taken, because they could not be sent.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="threads">Their ids.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask UnsendAsync(string source, IReadOnlyCollection<string> threads, CancellationToken cancellationToken);

    /// <summary>Lets conversations that failed be due at a moment, and be sent again then. Unknown ones are noted.</summary>
    /// <param name="conversations">The conversations, each with the moment.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask PostponeAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Notes conversations as done for the state that was read of them. One that was noted for a later state meanwhile stays as it is. Unknown ones are noted as done.</summary>
    /// <param name="conversations">The conversations, each with the state that was read.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask FinishAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Drops what is noted as done for states before a moment.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask DropDoneAsync(string source, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Counts the conversations that wait, sent or not.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<long> CountAsync(string source, CancellationToken cancellationToken);
}
