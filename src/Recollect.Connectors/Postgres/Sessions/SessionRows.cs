using Npgsql;
using Recollect.Sessions;

namespace Recollect.Connectors.Postgres.Sessions;

/// <summary>Reads sessions and messages of rows.</summary>
internal static class SessionRows
{
    /// <summary>The columns of a session.</summary>
    public const string Columns = "s.id, s.chat, s.message_ids, s.created_at, s.last_active, s.ended_at, s.total_tokens, s.is_transferred, s.storage_path";

    private const string MessageColumns = "m.id, m.role, m.content, m.sender, m.recipient, m.sender_name, m.sent_at, m.received_at, m.order_num, m.external_id, m.is_answered, m.is_sent";

    /// <summary>Reads sessions.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="condition">A constant text, after WHERE.</param>
    /// <param name="values">The parameters, in order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static ValueTask<List<Session>> SessionsAsync(this NpgsqlConnection connection, string condition, object?[] values, CancellationToken cancellationToken) =>
        connection.ListAsync($"SELECT {Columns} FROM recollect.sessions s WHERE {condition}", values, Session, cancellationToken);

    /// <summary>Reads the newest messages of a session, oldest first.</summary>
    public static ValueTask<List<SessionMessage>> MessagesAsync(this NpgsqlConnection connection, string session, int newest, CancellationToken cancellationToken) => connection.ListAsync(
        $"""
        SELECT {MessageColumns} FROM recollect.sessions s CROSS JOIN LATERAL unnest(s.message_ids) WITH ORDINALITY AS listed(id, place)
        JOIN recollect.session_messages m ON m.session_id = s.id AND m.id = listed.id
        WHERE s.id = $1 AND listed.place > cardinality(s.message_ids) - $2 ORDER BY listed.place
        """,
        [ExactText.Encode(session), newest],
        row => Message(row, session),
        cancellationToken);

    /// <summary>Reads a message; null where there is none.</summary>
    public static async ValueTask<SessionMessage?> MessageAsync(this NpgsqlConnection connection, string session, string id, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            $"SELECT {MessageColumns} FROM recollect.session_messages m WHERE m.session_id = $1 AND m.id = $2",
            [ExactText.Encode(session), ExactText.Encode(id)],
            row => Message(row, session),
            cancellationToken);
        return found is [var one] ? one : null;
    }

    private static Session Session(NpgsqlDataReader row) => new()
    {
        Id = row.Text(0),
        Chat = row.Text(1),
        MessageIds = [.. row.GetFieldValue<string[]>(2).Select(ExactText.Decode)],
        CreatedAt = row.Instant(3),
        LastActive = row.Instant(4),
        EndedAt = row.InstantOrNull(5),
        TotalTokens = row.GetInt64(6),
        IsTransferred = row.GetBoolean(7),
        StoragePath = row.TextOrNull(8),
    };

    private static SessionMessage Message(NpgsqlDataReader row, string session) => new()
    {
        Id = row.Text(0),
        SessionId = session,
        Role = row.Text(1),
        Text = row.Text(2),
        Sender = row.Text(3),
        Recipient = row.Text(4),
        SenderName = row.TextOrNull(5),
        SentAt = row.Instant(6),
        ReceivedAt = row.Instant(7),
        Order = row.GetInt32(8),
        ExternalId = row.TextOrNull(9),
        IsAnswered = row.GetBoolean(10),
        IsSent = row.GetBoolean(11),
    };
}
