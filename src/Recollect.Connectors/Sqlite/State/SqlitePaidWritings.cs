using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>What a writer outside gave and is not stored yet.</summary>
internal sealed class SqlitePaidWritings(SqliteDatabase database) : IPaidWritings
{
    private const string Save =
        """
        INSERT INTO paid_writings(conversation_id, key, tenant, user, writing) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET key = excluded.key, tenant = excluded.tenant, user = excluded.user, writing = excluded.writing
        WHERE (key, tenant, user, writing) IS NOT (excluded.key, excluded.tenant, excluded.user, excluded.writing)
        """;

    /// <inheritdoc/>
    public async ValueTask<string?> GetAsync(string conversationId, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        ArgumentNullException.ThrowIfNull(key);
        return await database.ReadAsync(session =>
        {
            using var row = session.Query("SELECT writing FROM paid_writings WHERE conversation_id = ?1 AND key = ?2").With(conversationId).With(key);
            return row.Read() ? row.Text(0) : null;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask KeepAsync(PaidConversation conversation, string key, string writing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(writing);
        await database.WriteAsync(session => session.Query(Save)
            .With(conversation.ConversationId).With(key).With(conversation.Tenant).With(conversation.User).With(writing).Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> FindKeptAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        return await database.ReadAsync<IReadOnlyCollection<string>>(
            session => session.Query("SELECT EXISTS(SELECT 1 FROM paid_writings)").Number() == 0 // nearly always
                ? []
                : [.. conversationIds.Distinct(StringComparer.Ordinal).Where(id => session.Query("SELECT 1 FROM paid_writings WHERE conversation_id = ?1").With(id).Number() is not null)],
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DropAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        await database.WriteLazilyAsync(session => session.Query("DELETE FROM paid_writings WHERE conversation_id = ?1").With(conversationId).Run(), cancellationToken);
    }
}
