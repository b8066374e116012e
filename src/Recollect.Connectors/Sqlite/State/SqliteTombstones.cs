using Recollect.State;

namespace Recollect.Connectors.Sqlite.State;

/// <summary>The users that were forgotten.</summary>
internal sealed class SqliteTombstones(SqliteDatabase database) : ITombstones
{
    private const string Save =
        """
        INSERT INTO tombstones(tenant, user, forgotten_at) VALUES(?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET forgotten_at = excluded.forgotten_at WHERE forgotten_at < excluded.forgotten_at
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Tombstone>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(session =>
        {
            using var row = session.Query("SELECT tenant, user, forgotten_at FROM tombstones ORDER BY tenant, user");
            return row.List(static tombstone => new Tombstone(tombstone.Text(0), tombstone.Text(1), tombstone.Instant(2)));
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddAsync(Tombstone tombstone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tombstone);
        await database.WriteAsync(session => session.Query(Save)
            .With(tombstone.Tenant).With(tombstone.User).With(tombstone.ForgottenAt.UtcTicks).Run(), cancellationToken);
    }
}
