namespace Recollect.Memorize.Stores;

/// <summary>A capability that a memory store may have: a table with one memory for each conversation of the source, beside its own.</summary>
/// <remarks>Every member is safe to call concurrently.</remarks>
public interface IConversationMemories
{
    /// <summary>Gets a value indicating whether the table is kept. Where it is false, every other member throws <see cref="MemoryStoreException"/> and says which setting turns it on.</summary>
    bool KeepsConversationMemories { get; }

    /// <summary>Writes the memory of a conversation in place of the one before; its id stays. Of several writings at once one stands, whole.</summary>
    /// <param name="conversationId">The source's own id of the conversation.</param>
    /// <param name="json">The memory, a JSON object. NUL and halves of surrogate pairs in its strings become U+FFFD, because the database refuses them.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The memory; null where there is no such conversation.</returns>
    /// <exception cref="ArgumentException">The text is no JSON.</exception>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached.</exception>
    ValueTask<ConversationMemory?> UpsertAsync(string conversationId, string json, CancellationToken cancellationToken);

    /// <summary>Gets the memory of a conversation; null where there is none.</summary>
    /// <param name="conversationId">The source's own id of the conversation.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached.</exception>
    ValueTask<ConversationMemory?> GetAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Gets the memories of a user's conversations, ordered by id; empty where there is no such user.</summary>
    /// <param name="user">The user, as the source names it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MemoryStoreException">The store refused or could not be reached.</exception>
    ValueTask<IReadOnlyList<ConversationMemory>> ListOfUserAsync(string user, CancellationToken cancellationToken);
}
