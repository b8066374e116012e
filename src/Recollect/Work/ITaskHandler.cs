namespace Recollect.Work;

/// <summary>Takes the messages of the work queue that ask for no memories: those with another <c>task_type</c>, or with none. A host registers its own.</summary>
/// <remarks>Called concurrently.</remarks>
public interface ITaskHandler
{
    /// <summary>Handles a message.</summary>
    /// <param name="message">The message, a JSON object.</param>
    /// <param name="taskType">Its <c>task_type</c>; null where there is none.</param>
    /// <param name="cancellationToken">The worker stops; the message comes again unless true is returned.</param>
    /// <returns>True when it is done, and the message may go; false when it is not for this handler: where none takes it, it goes to the dead-letter queue. What is thrown gives the message back to the queue.</returns>
    ValueTask<bool> HandleAsync(QueueMessage message, string? taskType, CancellationToken cancellationToken);
}
