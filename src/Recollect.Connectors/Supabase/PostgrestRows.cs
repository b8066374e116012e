using System.Runtime.CompilerServices;
using System.Text.Json;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Supabase;

/// <summary>Reads the tables page by page.</summary>
/// <param name="shape">The tables.</param>
/// <param name="messagesPerCall">How many messages are asked for at once.</param>
/// <param name="api">Makes the calls.</param>
/// <param name="retries">Makes them again.</param>
internal sealed class PostgrestRows(TableShape shape, int messagesPerCall, PostgrestApi api, ApiRetries retries) : ITableRows
{
    private readonly PostgrestQuery _queries = new(shape);

    /// <inheritdoc/>
    public ValueTask<TablePage> ReadConversationsAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var counts = query is { After: null, IsUndated: false };
        return retries.TryAsync(
            token =>
            {
                var isCounted = counts;
                counts = false; // counting may be what takes too long, and is only for showing progress
                return api.ReadAsync(shape.Conversations, _queries.Conversations(query), isCounted, token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JsonElement> ReadMessagesAsync(IReadOnlyList<string> conversations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var list in PostgrestQuery.Lists(conversations))
        {
            (string Conversation, string Id)? after = null;
            while (true)
            {
                var query = _queries.Messages(list, after, messagesPerCall);
                var page = await retries.TryAsync(token => api.ReadAsync(shape.Messages, query, counts: false, token), cancellationToken);
                foreach (var row in page.Rows)
                {
                    yield return row;
                }

                if (LastOf(page.Rows) is not { } last)
                {
                    break;
                }

                after = last != after ? last : throw retries.Describe(api.Failures.OfRepeatedPage(shape.Messages));
            }
        }
    }

    private (string Conversation, string Id)? LastOf(IReadOnlyList<JsonElement> rows)
    {
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            if (TableFields.Text(rows[i], shape.Columns.MessageConversation) is { } conversation && TableFields.Text(rows[i], shape.Columns.MessageId) is { } id)
            {
                return (conversation, id);
            }
        }

        return null;
    }
}
