using System.Runtime.InteropServices;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>The embeddings that were paid for and are not stored yet.</summary>
internal sealed class PostgresPaidEmbeddings(PostgresDatabase database) : IPaidEmbeddings
{
    private static readonly string Save = PostgresUpsert.Of(
        "recollect.paid_embeddings", [("conversation_id", "text"), ("key", "text")], [("tenant", "text"), ("user_id", "text"), ("vector", "bytea")]);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> GetAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        var kept = await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT key, vector FROM recollect.paid_embeddings WHERE conversation_id = $1",
            [ExactText.Encode(conversationId)],
            static row => (Key: row.Text(0), Vector: MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(1)).ToArray()),
            token), cancellationToken);
        return kept.ToDictionary(static one => one.Key, static one => (ReadOnlyMemory<float>)one.Vector, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask KeepAsync(
        PaidConversation conversation, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count > 0)
        {
            await database.WriteAsync((connection, token) => connection.RunAsync(
                Save,
                [
                    vectors.Texts(_ => conversation.ConversationId), vectors.Texts(static pair => pair.Key), vectors.Texts(_ => conversation.Tenant),
                    vectors.Texts(_ => conversation.User), vectors.Select(static pair => MemoryMarshal.AsBytes(pair.Value.Span).ToArray()).ToArray(),
                ],
                token), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> FindKeptAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        return await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT DISTINCT conversation_id FROM recollect.paid_embeddings WHERE conversation_id = ANY($1)", [conversationIds.Texts()], static row => row.Text(0), token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DropAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        await database.WriteAsync(
            (connection, token) => connection.RunAsync("DELETE FROM recollect.paid_embeddings WHERE conversation_id = $1", [ExactText.Encode(conversationId)], token), cancellationToken);
    }
}
