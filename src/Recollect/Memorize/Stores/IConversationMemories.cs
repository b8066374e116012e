namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: it keeps one JSON document for each conversation in a table beside the source's own.</summary>
/// <remarks>
/// Every member is safe to call concurrently, also by several processes. The documents are those of the memories that the store keeps, and
/// those that others post; one of them goes when its memory, its user or its conversation does.
/// </remarks>
public interface IConversationMemories
{
    /// <summary>Gets a value indicating whether documents are kept. Where it is false, every other member throws and says which setting turns it on.</summary>
    bool KeepsConversationMemories { get; }

    /// <summary>Inserts or replaces the document of a conversation. Of several at once, one stays, whole: the last that was committed.</summary>
    /// <param name="conversationId">The conversation's id in the source's table.</param>
    /// <param name="json">A JSON value. NUL and halves of surrogate pairs in its strings become U+FFFD, because the database refuses them.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The row, whose number never changes; null where there is no such conversation.</returns>
    /// <exception cref="ArgumentException">The text is no JSON.</exception>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached, or keeps no documents.</exception>
    ValueTask<ConversationMemory?> UpsertAsync(string conversationId, string json, CancellationToken cancellationToken);

    /// <summary>Gets the document of a conversation; null where there is none.</summary>
    /// <param name="conversationId">The conversation's id in the source's table.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MemoryStoreException">The store could not be reached, or keeps no documents.</exception>
    ValueTask<ConversationMemory?> GetAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Gets the documents of all conversations of a user, ordered by their numbers; empty where the user is not known.</summary>
    /// <param name="userId">The user's id in the source's table.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MemoryStoreException">The store could not be reached, or keeps no documents.</exception>
    ValueTask<IReadOnlyList<ConversationMemory>> ListOfUserAsync(string userId, CancellationToken cancellationToken);
}
