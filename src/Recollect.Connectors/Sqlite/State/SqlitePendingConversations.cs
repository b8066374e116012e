using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>The conversations that are not done.</summary>
internal sealed class SqlitePendingConversations(SqliteDatabase database) : IPendingConversations
{
    private const string Select = "SELECT conversation_id, source, tenant, user, status, content_hash, failed_runs, reason, error, next_try_at, started_at FROM pending";

    private const string Save =
        """
        INSERT INTO pending(conversation_id, source, tenant, user, status, content_hash, failed_runs, reason, error, next_try_at, started_at)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET source = excluded.source, tenant = excluded.tenant, user = excluded.user, status = excluded.status,
            content_hash = excluded.content_hash, failed_runs = excluded.failed_runs, reason = excluded.reason, error = excluded.error,
            next_try_at = excluded.next_try_at, started_at = excluded.started_at
        WHERE (source, tenant, user, status, content_hash, failed_runs, reason, error, next_try_at, started_at)
            IS NOT (excluded.source, excluded.tenant, excluded.user, excluded.status, excluded.content_hash, excluded.failed_runs,
                excluded.reason, excluded.error, excluded.next_try_at, excluded.started_at)
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PendingConversation>> GetAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        return await database.ReadAsync(session =>
        {
            var found = new List<PendingConversation>();
            foreach (var id in conversationIds.Distinct(StringComparer.Ordinal))
            {
                using var row = session.Query($"{Select} WHERE conversation_id = ?1").With(id);
                found.AddRange(row.List(Read));
            }

            return found;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PendingConversation>> ListAsync(string? source, CancellationToken cancellationToken) =>
        await database.ReadAsync(session =>
        {
            using var row = source is null
                ? session.Query($"{Select} ORDER BY conversation_id")
                : session.Query($"{Select} WHERE source = ?1 ORDER BY conversation_id").With(source);
            return row.List(Read);
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveAsync(IReadOnlyCollection<PendingConversation> pending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pending);
        if (pending.Count > 0)
        {
            await database.WriteAsync(session => pending.Sum(conversation => session.Query(Save)
                .With(conversation.ConversationId)
                .With(conversation.Source)
                .With(conversation.Tenant)
                .With(conversation.User)
                .With(conversation.Status.ToString())
                .With(conversation.ContentHash)
                .With(conversation.FailedRuns)
                .With(conversation.Reason)
                .With(conversation.Error)
                .With(conversation.NextTryAt?.UtcTicks)
                .With(conversation.StartedAt?.UtcTicks)
                .Run()), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        if (conversationIds.Count > 0)
        {
            await database.WriteAsync(
                session => conversationIds.Sum(id => session.Query("DELETE FROM pending WHERE conversation_id = ?1").With(id).Run()), cancellationToken);
        }
    }

    private static PendingConversation Read(SqliteStatement row) => new()
    {
        ConversationId = row.Text(0),
        Source = row.Text(1),
        Tenant = row.Text(2),
        User = row.Text(3),
        Status = Enum.Parse<PendingStatus>(row.Text(4)),
        ContentHash = row.Text(5),
        FailedRuns = (int)row.Number(6),
        Reason = row.TextOrNull(7),
        Error = row.TextOrNull(8),
        NextTryAt = row.InstantOrNull(9),
        StartedAt = row.InstantOrNull(10),
    };
}
