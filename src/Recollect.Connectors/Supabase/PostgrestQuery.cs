using System.Globalization;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Supabase;

/// <summary>Writes the queries, each value encoded. Rows are found after the last one (keyset), never by counting, so that no cap and no change cuts any.</summary>
/// <param name="shape">The tables.</param>
internal sealed class PostgrestQuery(TableShape shape)
{
    private const int LongestList = 3000; // of ids in one address; gateways refuse long ones

    private readonly TableOptions _columns = shape.Columns;

    /// <summary>Writes the query for a page of conversations.</summary>
    public string Conversations(TableQuery query)
    {
        var (id, updatedAt) = (_columns.ConversationId, _columns.UpdatedAt);
        List<string> parts = [$"select={string.Join(',', shape.OfConversations)}"];
        if (query.Since is { } since)
        {
            parts.Add($"{updatedAt}=gte.{Encoded(query.After?.UpdatedAt ?? Moment(since))}");
            if (query.After is { UpdatedAt: { } last } after)
            {
                parts.Add(After(updatedAt, last, id, after.Id));
            }

            parts.Add($"order={updatedAt}.asc,{id}.asc");
        }
        else
        {
            if (query.IsUndated)
            {
                parts.Add($"{updatedAt}=is.null");
            }

            if (query.Ids is { } ids)
            {
                parts.Add($"{id}=in.{Encoded($"({string.Join(',', ids.Select(Quoted))})")}");
            }

            if (query.After is { } after)
            {
                parts.Add($"{id}=gt.{Encoded(after.Id)}");
            }

            parts.Add($"order={id}.asc");
        }

        parts.Add(Limit(query.Limit));
        return string.Join('&', parts);
    }

    /// <summary>Writes the query for a page of messages.</summary>
    /// <param name="conversations">The ids of their conversations.</param>
    /// <param name="after">The conversation and id of the last message of the page before; null for the first page.</param>
    /// <param name="limit">How many are asked for.</param>
    public string Messages(IEnumerable<string> conversations, (string Conversation, string Id)? after, int limit)
    {
        var (conversation, id) = (_columns.MessageConversation, _columns.MessageId);
        List<string> parts =
        [
            $"select={string.Join(',', shape.OfMessages)}",
            $"{conversation}=in.{Encoded($"({string.Join(',', conversations.Select(Quoted))})")}",
        ];
        if (after is { } last)
        {
            parts.Add(After(conversation, last.Conversation, id, last.Id));
        }

        parts.Add($"order={conversation}.asc,{id}.asc");
        parts.Add(Limit(limit));
        return string.Join('&', parts);
    }

    /// <summary>Parts ids into lists that fit an address.</summary>
    public static IEnumerable<IReadOnlyList<string>> Lists(IReadOnlyList<string> ids)
    {
        List<string> list = [];
        var length = 0;
        foreach (var id in ids)
        {
            var own = Encoded(Quoted(id)).Length + "%2C".Length;
            if (list.Count > 0 && length + own > LongestList)
            {
                yield return list;
                (list, length) = ([], 0);
            }

            list.Add(id);
            length += own;
        }

        if (list.Count > 0)
        {
            yield return list;
        }
    }

    /// <summary>Keeps the rows that come after a pair of values.</summary>
    private static string After(string first, string firstValue, string second, string secondValue) =>
        $"or={Encoded($"({first}.gt.{Quoted(firstValue)},and({first}.eq.{Quoted(firstValue)},{second}.gt.{Quoted(secondValue)}))")}";

    /// <summary>With a zone, which a column without one passes over: both kinds of columns mean UTC then.</summary>
    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    private static string Limit(int limit) => string.Create(CultureInfo.InvariantCulture, $"limit={limit}");

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Encoded(string value) => Uri.EscapeDataString(value);
}
