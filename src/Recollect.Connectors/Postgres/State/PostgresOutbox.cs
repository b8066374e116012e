using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>The deliveries that are owed.</summary>
internal sealed class PostgresOutbox(PostgresDatabase database) : IOutbox
{
    /// <inheritdoc/>
    public async ValueTask EnqueueAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await database.WriteAsync((connection, token) => connection.RunAsync(
            "INSERT INTO recollect.outbox(delivery, key, memory_id, tenant, user_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            [ExactText.Encode(entry.Delivery), ExactText.Encode(entry.Key), ExactText.Encode(entry.MemoryId), ExactText.Encode(entry.Tenant), ExactText.Encode(entry.User)],
            token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(string delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT delivery, key, memory_id, tenant, user_id FROM recollect.outbox WHERE delivery = $1 ORDER BY key",
            [ExactText.Encode(delivery)],
            static row => new OutboxEntry(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4)),
            token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string delivery, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(key);
        await database.WriteAsync((connection, token) => connection.RunAsync(
            "DELETE FROM recollect.outbox WHERE delivery = $1 AND key = $2", [ExactText.Encode(delivery), ExactText.Encode(key)], token), cancellationToken);
    }
}
