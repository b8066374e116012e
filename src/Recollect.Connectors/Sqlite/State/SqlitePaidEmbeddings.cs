using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>The embeddings that were paid for and are not stored yet.</summary>
internal sealed class SqlitePaidEmbeddings(SqliteDatabase database) : IPaidEmbeddings
{
    private const string Save =
        """
        INSERT INTO paid_embeddings(conversation_id, key, tenant, user, vector) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET tenant = excluded.tenant, user = excluded.user, vector = excluded.vector
        WHERE (tenant, user, vector) IS NOT (excluded.tenant, excluded.user, excluded.vector)
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> GetAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        return await database.ReadAsync(session =>
        {
            var vectors = new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal);
            using var row = session.Query("SELECT key, vector FROM paid_embeddings WHERE conversation_id = ?1").With(conversationId);
            while (row.Read())
            {
                vectors.Add(row.Text(0), row.Vector(1).ToArray());
            }

            return vectors;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask KeepAsync(
        PaidConversation conversation, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count > 0)
        {
            await database.WriteAsync(session => vectors.Sum(vector => session.Query(Save)
                .With(conversation.ConversationId).With(vector.Key).With(conversation.Tenant).With(conversation.User).With(vector.Value.Span).Run()), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> FindKeptAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        return await database.ReadAsync<IReadOnlyCollection<string>>(
            session => session.Query("SELECT EXISTS(SELECT 1 FROM paid_embeddings)").Number() == 0 // nearly always
                ? []
                : [.. conversationIds.Distinct(StringComparer.Ordinal).Where(id => session.Query("SELECT 1 FROM paid_embeddings WHERE conversation_id = ?1").With(id).Number() is not null)],
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DropAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        await database.WriteLazilyAsync(session => session.Query("DELETE FROM paid_embeddings WHERE conversation_id = ?1").With(conversationId).Run(), cancellationToken);
    }
}
