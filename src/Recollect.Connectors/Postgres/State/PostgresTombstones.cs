using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>The users that were forgotten.</summary>
internal sealed class PostgresTombstones(PostgresDatabase database) : ITombstones
{
    private static readonly string Save = PostgresUpsert.Of(
        "recollect.tombstones",
        [("user_hash", "uuid")],
        [("tenant", "text"), ("user_id", "text"), ("forgotten_at", "bigint")],
        static given => $"{given}forgotten_at > o.forgotten_at",
        "forgotten_at = excluded.forgotten_at");

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Tombstone>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync((connection, token) => connection.ListAsync(
            "SELECT tenant, user_id, forgotten_at FROM recollect.tombstones ORDER BY tenant, user_id",
            [],
            static row => new Tombstone(row.Text(0), row.Text(1), row.Instant(2)),
            token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddAsync(Tombstone tombstone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tombstone);
        Tombstone[] one = [tombstone];
        await database.WriteAsync((connection, token) => connection.RunAsync(
            Save,
            [new[] { HashedKey.Of(tombstone.Tenant, tombstone.User) }, one.Texts(static stone => stone.Tenant), one.Texts(static stone => stone.User), one.Instants(static stone => stone.ForgottenAt)],
            token), cancellationToken);
    }
}
