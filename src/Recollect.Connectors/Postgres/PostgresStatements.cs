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

    /// <summary>Gets a table's name, quoted.</summary>
    public static string Quoted(TableName table) => table.Schema is null ? Quoted(table.Name) : $"{Quoted(table.Schema)}.{Quoted(table.Name)}";

    /// <summary>Gets a name, quoted.</summary>
    public static string Quoted(string name) => $"\"{name}\""; // holds no quote: TableName.IsPlain

    private string Where(TableQuery query)
    {
        var (id, updatedAt) = (Quoted(_columns.ConversationId), Quoted(_columns.UpdatedAt));
        return query switch
        {
            { Since: not null, After: not null } => $" WHERE ({updatedAt}, {id}) > ($1, $2)",
            { Since: not null } => $" WHERE {updatedAt} >= $1",
            { IsUndated: true, After: not null } => $" WHERE {updatedAt} IS NULL AND {id} > $1",
            { IsUndated: true } => $" WHERE {updatedAt} IS NULL",
            { After: not null } => $" WHERE {id} > $1",
            _ => string.Empty,
        };
    }

    /// <summary>The server writes each row as PostgREST has it written, down to the digits of a time.</summary>
    private static string AsJson(string rows) => $"SELECT row_to_json(t)::text FROM ({rows}) t";

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quoted));
}
