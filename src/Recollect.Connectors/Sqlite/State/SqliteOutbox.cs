using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>The deliveries that are owed.</summary>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    /// <inheritdoc/>
    public async ValueTask EnqueueAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await database.WriteAsync(session => session
            .Query("INSERT INTO outbox(delivery, key, memory_id, tenant, user) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .With(entry.Delivery).With(entry.Key).With(entry.MemoryId).With(entry.Tenant).With(entry.User).Run(), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(string delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return await database.ReadAsync(session =>
        {
            using var row = session.Query("SELECT delivery, key, memory_id, tenant, user FROM outbox WHERE delivery = ?1 ORDER BY key").With(delivery);
            return row.List(static entry => new OutboxEntry(entry.Text(0), entry.Text(1), entry.Text(2), entry.Text(3), entry.Text(4)));
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string delivery, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(key);
        await database.WriteAsync(session => session.Query("DELETE FROM outbox WHERE delivery = ?1 AND key = ?2").With(delivery).With(key).Run(), cancellationToken);
    }
}
