using System.Globalization;
using Npgsql;
using Recollect.Sessions;

namespace Recollect.Connectors.Postgres.Sessions;

/// <summary>The sessions of one chat, within the transaction that has its lock.</summary>
internal sealed class PostgresChatSessions(NpgsqlConnection connection, string chat) : IChatSessions
{
    private const string SaveSession =
        """
        INSERT INTO recollect.sessions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET message_ids = excluded.message_ids, last_active = excluded.last_active, ended_at = excluded.ended_at,
            total_tokens = excluded.total_tokens, is_transferred = excluded.is_transferred, storage_path = excluded.storage_path
        """;

    private const string SaveMessage =
        """
        INSERT INTO recollect.session_messages VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (session_id, id) DO UPDATE SET role = excluded.role, content = excluded.content, sender = excluded.sender, recipient = excluded.recipient,
            sender_name = excluded.sender_name, sent_at = excluded.sent_at, received_at = excluded.received_at, order_num = excluded.order_num,
            external_id = excluded.external_id, is_answered = excluded.is_answered, is_sent = excluded.is_sent
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Session>> ListAsync(bool archived, CancellationToken cancellationToken) => await connection.SessionsAsync(
        archived ? "s.chat = $1 ORDER BY s.created_at DESC, s.last_active DESC" : "s.chat = $1 AND s.storage_path IS NULL ORDER BY s.created_at DESC, s.last_active DESC",
        [ExactText.Encode(chat)],
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SessionMessage?> GetMessageAsync(Session session, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return connection.MessageAsync(session.Id, id, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SessionMessage>> ReadMessagesAsync(Session session, int newest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await connection.MessagesAsync(session.Id, newest, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(Session session, IReadOnlyCollection<SessionMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(messages);
        await connection.RunAsync(
            SaveSession,
            [
                ExactText.Encode(session.Id), ExactText.Encode(session.Chat), session.MessageIds.Texts(), session.CreatedAt.UtcTicks, session.LastActive.UtcTicks,
                session.EndedAt?.UtcTicks, session.TotalTokens, session.IsTransferred, ExactText.EncodeOrNull(session.StoragePath),
            ],
            cancellationToken);
        foreach (var message in messages)
        {
            await connection.RunAsync(
                SaveMessage,
                [
                    ExactText.Encode(session.Id), ExactText.Encode(message.Id), ExactText.Encode(message.Role), ExactText.Encode(message.Text), ExactText.Encode(message.Sender),
                    ExactText.Encode(message.Recipient), ExactText.EncodeOrNull(message.SenderName), message.SentAt.UtcTicks, message.ReceivedAt.UtcTicks, message.Order,
                    ExactText.EncodeOrNull(message.ExternalId), message.IsAnswered, message.IsSent,
                ],
                cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ArchiveAsync(Session session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        await connection.RunAsync(
            "UPDATE recollect.sessions SET is_transferred = true, storage_path = $2 WHERE id = $1 AND storage_path IS NULL",
            [ExactText.Encode(session.Id), ExactText.Encode(string.Create(CultureInfo.InvariantCulture, $"expired/{session.LastActive.UtcDateTime:yyyy-MM-dd}/{session.Id}"))],
            cancellationToken);
    }
}
