namespace Recollect.State;

/// <summary>The conversations that are not done: open, failed or parked.</summary>
public interface IPendingConversations
{
    /// <summary>Gets those among <paramref name="conversationIds"/> that are not done.</summary>
    /// <param name="conversationIds">Ids of conversations.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<PendingConversation>> GetAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken);

    /// <summary>Gets all of a source, ordered by conversation id.</summary>
    /// <param name="source">The configured name of the source; null: of every source.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyList<PendingConversation>> ListAsync(string? source, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces by conversation id.</summary>
    /// <param name="pending">The conversations.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask SaveAsync(IReadOnlyCollection<PendingConversation> pending, CancellationToken cancellationToken);

    /// <summary>Removes conversations that are done. Unknown ids are fine.</summary>
    /// <param name="conversationIds">Ids of conversations.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask RemoveAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken);
}
