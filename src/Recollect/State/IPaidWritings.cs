namespace Recollect.State;

/// <summary>What a writer outside gave and is not stored yet, so that a crash, an embedder or a store that fails asks it nothing twice.</summary>
public interface IPaidWritings
{
    /// <summary>Gets what is kept of one conversation.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="key">Names writer and content; a hash.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The writing as JSON; null when nothing is kept under this key.</returns>
    ValueTask<string?> GetAsync(string conversationId, string key, CancellationToken cancellationToken);

    /// <summary>Keeps a writing in place of what was kept of the conversation before.</summary>
    /// <param name="conversation">The conversation and its owner.</param>
    /// <param name="key">Names writer and content; a hash.</param>
    /// <param name="writing">The writing as JSON.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask KeepAsync(PaidConversation conversation, string key, string writing, CancellationToken cancellationToken);

    /// <summary>Gets those among <paramref name="conversationIds"/> of which a writing is kept.</summary>
    /// <param name="conversationIds">Ids of conversations.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    ValueTask<IReadOnlyCollection<string>> FindKeptAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken);

    /// <summary>Drops what is kept of a conversation once its memory is stored. Unknown ids are fine.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    ValueTask DropAsync(string conversationId, CancellationToken cancellationToken);
}
