namespace Recollect.Ingest.Sources;

/// <summary>A capability of sources whose conversations are given and dated: telling which there are without reading their messages.</summary>
/// <remarks>Every member is safe to call concurrently. Conversations without a message, or without a moment of change, are left out.</remarks>
public interface IConversationListing
{
    /// <summary>Lists the conversations that changed in a span of time, in the order of change.</summary>
    /// <param name="after">Those that changed at or before this moment are left out; null: from the first on.</param>
    /// <param name="until">Those that changed after this moment are left out.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    /// <exception cref="SourceException">The source refused or could not be reached.</exception>
    IAsyncEnumerable<ListedConversation> ListAsync(DateTimeOffset? after, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Lists all conversations of a user, in the order of change.</summary>
    /// <param name="user">The user, as the source names it.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    /// <exception cref="SourceException">The source refused or could not be reached.</exception>
    IAsyncEnumerable<ListedConversation> ListOfUserAsync(string user, CancellationToken cancellationToken);

    /// <summary>Finds conversations by the source's own ids; unknown ones are left out.</summary>
    /// <param name="threads">The ids.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="SourceException">The source refused or could not be reached.</exception>
    ValueTask<IReadOnlyList<ListedConversation>> FindAsync(IReadOnlyCollection<string> threads, CancellationToken cancellationToken);
}
