using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>What a writer outside gave and is not stored yet.</summary>
internal sealed class PostgresPaidWritings(PostgresDatabase database) : IPaidWritings
{
    private static readonly string Save = PostgresUpsert.Of(
        "recollect.paid_writings", [("conversation_id", "text")], [("key", "text"), ("tenant", "text"), ("user_id", "text"), ("writing", "text")]);

    /// <inheritdoc/>
    public async ValueTask<string?> GetAsync(string conversationId, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        ArgumentNullException.ThrowIfNull(key);
        var kept = await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT writing FROM recollect.paid_writings WHERE conversation_id = $1 AND key = $2",
            [ExactText.Encode(conversationId), ExactText.Encode(key)],
            static row => row.Text(0),
            token), cancellationToken);
        return kept.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask KeepAsync(PaidConversation conversation, string key, string writing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(writing);
        string[][] row = [[conversation.ConversationId], [key], [conversation.Tenant], [conversation.User], [writing]];
        await database.WriteAsync((connection, token) => connection.RunAsync(Save, [.. row.Select(static column => column.Texts())], token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> FindKeptAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationIds);
        return await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT DISTINCT conversation_id FROM recollect.paid_writings WHERE conversation_id = ANY($1)", [conversationIds.Texts()], static row => row.Text(0), token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DropAsync(string conversationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        await database.WriteAsync(
            (connection, token) => connection.RunAsync("DELETE FROM recollect.paid_writings WHERE conversation_id = $1", [ExactText.Encode(conversationId)], token), cancellationToken);
    }
}
