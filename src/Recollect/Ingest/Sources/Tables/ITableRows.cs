using System.Text.Json;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Gets rows of the tables as PostgreSQL writes them in JSON, so that every way to the tables gives the same.</summary>
internal interface ITableRows
{
    /// <summary>Gets a page of conversations.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="SourceException">The server refused or could not be reached.</exception>
    ValueTask<TablePage> ReadConversationsAsync(TableQuery query, CancellationToken cancellationToken);

    /// <summary>Gets all messages of some conversations, in any order.</summary>
    /// <param name="conversations">The ids of the conversations.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SourceException">The server refused or could not be reached.</exception>
    IAsyncEnumerable<JsonElement> ReadMessagesAsync(IReadOnlyList<string> conversations, CancellationToken cancellationToken);
}
