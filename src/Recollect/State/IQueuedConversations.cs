namespace Recollect.State;

/// <summary>The conversations that were put on the work queue, by the source's own ids, until they are done: so that none is lost with a message and none is put there twice.</summary>
/// <remarks>
/// A conversation is unknown, waits, or is done for a state, which its <see cref="QueuedConversation.UpdatedAt"/> names. One that waits was sent or was not.
/// Tenant and user are those of the latest state that was given. Conversations given in one call count as given one after the other.
/// </remarks>
public interface IQueuedConversations
{
    /// <summary>Notes conversations that need work. One that waits already only takes over the later <see cref="QueuedConversation.UpdatedAt"/> and becomes due no later than before, and stays sent if it was; one that is noted as done for that state, or a later one, stays done.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask NoteAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Gets those that <see cref="NoteAsync"/> would let wait: the unknown ones, and those done for an earlier state.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Some of them, in the order given.</returns>
    ValueTask<IReadOnlyList<QueuedConversation>> FilterNewAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Takes conversations that are due, and that were not sent or were sent so long ago that the message must be lost; notes them as sent now. Two callers never get the same one.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="now">The moment; those due then, or before, are taken.</param>
    /// <param name="resendBefore">Those sent before this moment are sent again.</param>
    /// <param name="top">How many at the most; at least 1. While others take some at the same time it may be fewer than there are.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>Ids, those due longest first; of equal ones by <see cref="QueuedConversation.UpdatedAt"/>, then by id.</returns>
    ValueTask<IReadOnlyList<string>> TakeDueAsync(string source, DateTimeOffset now, DateTimeOffset resendBefore, int top, CancellationToken cancellationToken);

    /// <summary>Takes the named conversations that wait and were not sent, due or not; notes them as sent now. Two callers never get the same one.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="threads">Their ids; one that is named twice is taken once.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The ids of those taken, in the order given.</returns>
    ValueTask<IReadOnlyList<string>> TakeAsync(string source, IReadOnlyCollection<string> threads, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Lets conversations be due again as they were before they were taken, because they could not be sent. Those that do not wait, and unknown ones, stay as they are.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="threads">Their ids.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask UnsendAsync(string source, IReadOnlyCollection<string> threads, CancellationToken cancellationToken);

    /// <summary>Lets conversations that failed be due at a moment, and be sent again then. One that waits takes over the later <see cref="QueuedConversation.UpdatedAt"/>; one that is noted as done for that state, or a later one, stays done. Unknown ones are noted.</summary>
    /// <param name="conversations">The conversations, each with the moment.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask PostponeAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Notes conversations as done for the state that was read of them. One that was noted for a later state meanwhile waits on as one that was not sent, since the message that asked for it is used up. Unknown ones are noted as done.</summary>
    /// <param name="conversations">The conversations, each with the state that was read.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask FinishAsync(IReadOnlyCollection<QueuedConversation> conversations, CancellationToken cancellationToken);

    /// <summary>Drops what is noted as done for states before a moment. Those that wait stay.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask DropDoneAsync(string source, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Counts the conversations that wait, sent or not, and tells since when the oldest of them is sent.</summary>
    /// <param name="source">The configured name of the source.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<QueuedCount> CountAsync(string source, CancellationToken cancellationToken);
}
