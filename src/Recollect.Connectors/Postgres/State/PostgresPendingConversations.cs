using Npgsql;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>The conversations that are not done.</summary>
internal sealed class PostgresPendingConversations(PostgresDatabase database) : IPendingConversations
{
    private const string Select = "SELECT conversation_id, source, tenant, user_id, status, content_hash, failed_runs, reason, error, next_try_at, started_at FROM recollect.pending";

    private const string Remove =
        """
        WITH gone AS (SELECT conversation_id FROM recollect.pending WHERE conversation_id = ANY($1) ORDER BY conversation_id FOR UPDATE)
        DELETE FROM recollect.pending p USING gone WHERE p.conversation_id = gone.conversation_id
        """;

    private static readonly string Save = PostgresUpsert.Of(
        "recollect.pending",
        [("conversation_id", "text")],
        [
            ("source", "text"), ("tenant", "text"), ("user_id", "text"), ("status", "text"), ("content_hash", "text"), ("failed_runs", "integer"),
            ("reason", "text"), ("error", "text"), ("next_try_at", "bigint"), ("started_at", "bigint"),
        ]);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PendingConversation>> GetAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        return await database.ReadAsync((connection, token) => connection.ListAsync($"{Select} WHERE conversation_id = ANY($1)", [conversationIds.Texts()], Read, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PendingConversation>> ListAsync(string? source, CancellationToken cancellationToken) =>
        await database.ReadAsync((connection, token) => source is null
            ? connection.ListAsync($"{Select} ORDER BY conversation_id", [], Read, token)
            : connection.ListAsync($"{Select} WHERE source = $1 ORDER BY conversation_id", [ExactText.Encode(source)], Read, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveAsync(IReadOnlyCollection<PendingConversation> pending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pending);
        if (pending.Count > 0)
        {
            PendingConversation[] last = [.. pending.Reverse().DistinctBy(static one => one.ConversationId, StringComparer.Ordinal)];
            await database.WriteAsync((connection, token) => connection.RunAsync(
                Save,
                [
                    last.Texts(static one => one.ConversationId), last.Texts(static one => one.Source), last.Texts(static one => one.Tenant),
                    last.Texts(static one => one.User), last.Texts(static one => one.Status.ToString()), last.Texts(static one => one.ContentHash),
                    last.Select(static one => one.FailedRuns).ToArray(), last.Texts(static one => one.Reason), last.Texts(static one => one.Error),
                    last.Instants(static one => one.NextTryAt), last.Instants(static one => one.StartedAt),
                ],
                token), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        if (conversationIds.Count > 0)
        {
            await database.WriteAsync((connection, token) => connection.RunAsync(Remove, [conversationIds.Texts()], token), cancellationToken);
        }
    }

    private static PendingConversation Read(NpgsqlDataReader row) => new()
    {
        ConversationId = row.Text(0),
        Source = row.Text(1),
        Tenant = row.Text(2),
        User = row.Text(3),
        Status = Enum.Parse<PendingStatus>(row.Text(4)),
        ContentHash = row.Text(5),
        FailedRuns = row.GetInt32(6),
        Reason = row.TextOrNull(7),
        Error = row.TextOrNull(8),
        NextTryAt = row.InstantOrNull(9),
        StartedAt = row.InstantOrNull(10),
    };
}
