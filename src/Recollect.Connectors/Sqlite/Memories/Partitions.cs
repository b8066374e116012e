using Recollect.Conversations;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The sets of memories that are visible together, each under a number of its own.</summary>
internal static class Partitions
{
    private const string Columns = "SELECT id, version, messages, last_chunk FROM partitions";
    private const string ByVisibility = $"{Columns} WHERE tenant = ?1 AND scope = ?2 AND user = ?3";
    private const string ById = $"{Columns} WHERE id = ?1";

    /// <summary>Finds a partition, how often it was changed and how many messages it has; null where nothing is visible.</summary>
    public static Partition? Find(SqliteSession session, Visibility visibility)
    {
        using var row = session.Query(ByVisibility).With(visibility.Tenant).With(visibility.Scope).With(visibility.User ?? "");
        return ReadOne(row);
    }

    /// <summary>Finds a partition by its number; null where it is gone.</summary>
    public static Partition? Find(SqliteSession session, long id)
    {
        using var row = session.Query(ById).With(id);
        return ReadOne(row);
    }

    /// <summary>Gets the number of a partition, a new one where it had none.</summary>
    public static long GetOrAdd(SqliteSession session, Visibility visibility)
    {
        if (Find(session, visibility) is { } known)
        {
            return known.Id;
        }

        session.Query("INSERT INTO partitions(tenant, scope, user) VALUES(?1, ?2, ?3)").With(visibility.Tenant).With(visibility.Scope).With(visibility.User ?? "").Run();
        return session.LastKey;
    }

    /// <summary>Removes the partitions of a user that hold nothing any more, because they name the user.</summary>
    public static void RemoveEmpty(SqliteSession session, string tenant, string user) =>
        session.Query("DELETE FROM partitions WHERE tenant = ?1 AND user = ?2 AND NOT EXISTS (SELECT 1 FROM memories WHERE partition_id = partitions.id)")
            .With(tenant).With(user).Run();

    /// <summary>Gives running numbers to chunks.</summary>
    /// <returns>The key of the first.</returns>
    public static long TakeChunks(SqliteSession session, long partition, int count) =>
        ChunkKey.First(partition) + 1 - count
        + session.Query("UPDATE partitions SET last_chunk = last_chunk + ?2 WHERE id = ?1 RETURNING last_chunk").With(partition).With(count).Number()!.Value;

    private static Partition? ReadOne(SqliteStatement row) => row.Read() ? new Partition(row.Number(0), row.Number(1), row.Number(2), row.Number(3)) : null;
}
