using Recollect.Conversations;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The sets of memories that are visible together, each under a number of its own.</summary>
internal static class Partitions
{
    private const string Select = "SELECT id, version, messages FROM partitions WHERE tenant = ?1 AND scope = ?2 AND user = ?3";

    /// <summary>Finds a partition, how often it was changed and how many messages it has; null where nothing is visible.</summary>
    public static Partition? Find(SqliteSession session, Visibility visibility)
    {
        using var row = session.Query(Select).With(visibility.Tenant).With(visibility.Scope).With(visibility.User ?? "");
        return row.Read() ? new Partition(row.Number(0), row.Number(1), row.Number(2)) : null;
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
}
