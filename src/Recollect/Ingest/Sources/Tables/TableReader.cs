using System.Runtime.CompilerServices;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Reads conversations batch by batch, each with all its messages, and believes no end but an empty page.</summary>
/// <param name="shape">The tables.</param>
/// <param name="sourceName">The configured name of the source.</param>
/// <param name="rows">Gets the rows.</param>
/// <param name="time">Tells which messages lie in the future.</param>
internal sealed class TableReader(TableShape shape, string sourceName, ITableRows rows, TimeProvider time)
{
    private readonly TableMapping _mapping = new(shape, sourceName, time);

    /// <summary>Reads what is needed.</summary>
    /// <param name="request">What that is.</param>
    /// <param name="observer">Is told of rows that cannot be read, and of progress.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SourceException">The server refused or could not be reached.</exception>
    public async IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = new TableReading(observer);
        foreach (var query in TableQuery.For(request, shape.Columns))
        {
            await foreach (var batch in PagesAsync(query, reading, cancellationToken))
            {
                await foreach (var message in MessagesAsync(batch, reading, cancellationToken))
                {
                    yield return message;
                }
            }
        }

        reading.End();
    }

    private async IAsyncEnumerable<IReadOnlyList<ConversationRow>> PagesAsync(TableQuery query, TableReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await rows.ReadConversationsAsync(query, cancellationToken);
            if (query.After is null)
            {
                reading.Expect(page.Total);
            }

            var conversations = Take(page.Rows, reading);
            if (conversations.Count == 0)
            {
                yield break; // also when there are only rows without an id, which come last
            }

            yield return conversations;
            var cursor = new TableCursor(conversations[^1].Id, query.Since is null ? null : conversations[^1].UpdatedAt);
            query = cursor != query.After ? query with { After = cursor } : throw new SourceException(
                $"The server gives the same rows of {shape.Conversations} page after page, as if filters did not reach it. Check what lies between, and that {shape.Columns.ConversationId} is unique.");
        }
    }

    private List<ConversationRow> Take(IReadOnlyList<JsonElement> page, TableReading reading)
    {
        var conversations = new List<ConversationRow>(page.Count);
        foreach (var row in page)
        {
            if (_mapping.Conversation(row) is { } conversation)
            {
                conversations.Add(conversation);
            }
            else
            {
                reading.Skip(new(shape.Conversations.ToString(), $"{shape.Columns.ConversationId} is missing"));
            }
        }

        return conversations;
    }

    private async IAsyncEnumerable<SourceMessage> MessagesAsync(IReadOnlyList<ConversationRow> batch, TableReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var threads = new Dictionary<string, SourceThread>(StringComparer.Ordinal);
        foreach (var conversation in batch)
        {
            threads[conversation.Id] = conversation.Thread;
        }

        var filled = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in rows.ReadMessagesAsync([.. threads.Keys], cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_mapping.ConversationOf(row) is not { } id || !threads.TryGetValue(id, out var thread))
            {
                reading.Skip(new(shape.Messages.ToString(), $"{shape.Columns.MessageConversation} is none that was asked for"));
                continue;
            }

            filled.Add(id);
            if (_mapping.Message(row, thread, out var unreadable) is { } message)
            {
                yield return message;
            }
            else
            {
                reading.Skip(unreadable!);
            }
        }

        reading.Count(batch.Count, threads.Count - filled.Count);
    }
}
