using System.Globalization;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Postgres;

/// <summary>Writes the statements. Names are checked and quoted; values are parameters, whose types the server infers from the columns.</summary>
/// <param name="shape">The tables.</param>
internal sealed class PostgresStatements(TableShape shape)
{
    /// <summary>Tells whether a table can have an index and has none that begins with a column.</summary>
    public const string LacksIndex = """
        SELECT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass($1) AND relkind IN ('r', 'p', 'm')) AND NOT EXISTS (
            SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indrelid = to_regclass($1) AND a.attname = $2 AND i.indisvalid AND i.indpred IS NULL)
        """;

    /// <summary>The type of a column.</summary>
    public const string TypeOf = "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 AND NOT attisdropped";

    private readonly TableOptions _columns = shape.Columns;

    /// <summary>Writes the statement for a page of conversations; its parameters are a moment or what the cursor carries.</summary>
    public string Conversations(TableQuery query)
    {
        var order = query.Since is null ? Quoted(_columns.ConversationId) : $"{Quoted(_columns.UpdatedAt)}, {Quoted(_columns.ConversationId)}";
        var limit = string.Create(CultureInfo.InvariantCulture, $"LIMIT {query.Limit}");
        return AsJson($"SELECT {List(shape.OfConversations)} FROM {Quoted(shape.Conversations)}{Where(query)} ORDER BY {order} {limit}");
    }

    /// <summary>Writes the statement that counts what all pages together hold.</summary>
    public string Count(TableQuery query) => $"SELECT count(*) FROM {Quoted(shape.Conversations)}{Where(query)}";

    /// <summary>Writes the statement for all messages of the conversations in the one parameter, an array.</summary>
    public string Messages()
    {
        var conversation = Quoted(_columns.MessageConversation);
        return AsJson($"SELECT {List(shape.OfMessages)} FROM {Quoted(shape.Messages)} WHERE {conversation} = ANY($1) ORDER BY {conversation}, {Quoted(_columns.MessageId)}");
    }

    /// <summary>Writes the statement that lists the conversations that changed in a span; its parameters are the end of the span and, where there is one, its beginning.</summary>
    public string Changed(bool hasStart) => Listed($"{Quoted(_columns.UpdatedAt)} <= $1{(hasStart ? $" AND {Quoted(_columns.UpdatedAt)} > $2" : string.Empty)}");

    /// <summary>Writes the statement that lists the conversations of the user in its parameter.</summary>
    public string OfUser() => Listed(_columns.UserId.Length == 0 ? "$1::text = 'default'" : $"{Quoted(_columns.UserId)} = $1");

    /// <summary>Writes the statement that lists the conversations whose ids are in its parameter, an array.</summary>
    public string OfIds() => Listed($"{Quoted(_columns.ConversationId)} = ANY($1)");

    /// <summary>Gets a table's name, quoted.</summary>
    public static string Quoted(TableName table) => table.Schema is null ? Quoted(table.Name) : $"{Quoted(table.Schema)}.{Quoted(table.Name)}";

    /// <summary>Gets a name, quoted.</summary>
    public static string Quoted(string name) => $"\"{name}\""; // holds no quote: TableName.IsPlain

    private string Where(TableQuery query)
    {
        var (id, updatedAt) = (Quoted(_columns.ConversationId), Quoted(_columns.UpdatedAt));
        return query switch
        {
            { Ids: not null, After: not null } => $" WHERE {id} = ANY($1) AND {id} > $2",
            { Ids: not null } => $" WHERE {id} = ANY($1)",
            { Since: not null, After: not null } => $" WHERE ({updatedAt}, {id}) > ($1, $2)",
            { Since: not null } => $" WHERE {updatedAt} >= $1",
            { IsUndated: true, After: not null } => $" WHERE {updatedAt} IS NULL AND {id} > $1",
            { IsUndated: true } => $" WHERE {updatedAt} IS NULL",
            { After: not null } => $" WHERE {id} > $1",
            _ => string.Empty,
        };
    }

    private string Listed(string which)
    {
        var (id, updatedAt) = (Quoted(_columns.ConversationId), Quoted(_columns.UpdatedAt));
        var message = $"SELECT FROM {Quoted(shape.Messages)} m WHERE m.{Quoted(_columns.MessageConversation)} = c.{id}";
        return AsJson($"SELECT {List(shape.OfConversations)} FROM {Quoted(shape.Conversations)} c WHERE {which} AND {updatedAt} IS NOT NULL AND EXISTS ({message}) ORDER BY {updatedAt}, {id}");
    }

    /// <summary>The server writes each row as PostgREST has it written, down to the digits of a time.</summary>
    private static string AsJson(string rows) => $"SELECT row_to_json(t)::text FROM ({rows}) t";

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quoted));
}
