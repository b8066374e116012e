namespace Recollect.State;

/// <summary>The embeddings that were paid for and are not stored yet, so that a crash or a store that fails costs nothing twice.</summary>
public interface IPaidEmbeddings
{
    /// <summary>Gets the vectors kept of one conversation.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Vectors by key.</returns>
    ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> GetAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>Keeps vectors of one conversation, beside those kept before.</summary>
    /// <param name="conversation">The conversation and its owner.</param>
    /// <param name="vectors">Vectors by key: a hash of embedder and text.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask KeepAsync(PaidConversation conversation, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken);

    /// <summary>Gets those among <paramref name="conversationIds"/> of which vectors are kept.</summary>
    /// <param name="conversationIds">Ids of conversations.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyCollection<string>> FindKeptAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken);

    /// <summary>Drops the vectors of a conversation once its memory is stored. Unknown ids are fine.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask DropAsync(string conversationId, CancellationToken cancellationToken);
}
