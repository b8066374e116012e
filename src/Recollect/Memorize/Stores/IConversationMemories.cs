namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: a table with one memory for each conversation of the source, beside its own.</summary>
/// <remarks>Every member is safe to call concurrently.</remarks>
public interface IConversationMemories
{
    /// <summary>Writes the memory of a conversation in place of the one before; its id stays. Of several writings at once one stands, whole.</summary>
    /// <param name="conversationId">The source's own id of the conversation.</param>
    /// <param name="json">The memory, a JSON object.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The memory; null where there is no such conversation.</returns>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached.</exception>
    ValueTask<ConversationMemory?> UpsertAsync(string conversationId, string json, CancellationToken cancellationToken);

    /// <summary>Gets the memory of a conversation; null where there is none.</summary>
    /// <param name="conversationId">The source's own id of the conversation.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached.</exception>
    ValueTask<ConversationMemory?> GetAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Gets the memories of a user's conversations, ordered by id.</summary>
    /// <param name="user">The user, as the source names it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached.</exception>
    ValueTask<IReadOnlyList<ConversationMemory>> ListOfUserAsync(string user, CancellationToken cancellationToken);
}
