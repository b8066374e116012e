using Recollect.Conversations;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>The sets of memories that are visible together, each under a number of its own.</summary>
internal static class Partitions
{
    private const string Select =
        """
        SELECT p.id, p.version, p.memories, p.messages, t.memories, t.messages
        FROM partitions AS p, totals AS t
        WHERE p.tenant = ?1 AND p.scope = ?2 AND p.user = ?3
        """;

    /// <summary>Finds a partition; null where nothing is visible.</summary>
    public static Partition? Find(SqliteSession session, Visibility visibility)
    {
        using var row = session.Query(Select).With(visibility.Tenant).With(visibility.Scope).With(visibility.User ?? "");
        return row.Read() ? new(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Number(5)) : null;
    }

    /// <summary>Gets the number of a partition, a new one where it had none.</summary>
    public static long GetOrAdd(SqliteSession session, Visibility visibility)
    {
        if (Find(session, visibility) is { } known)
        {
            return known.Id;
        }

        session.Query("INSERT INTO partitions(tenant, scope, user) VALUES(?1, ?2, ?3)")
            .With(visibility.Tenant).With(visibility.Scope).With(visibility.User ?? "").Run();
        return session.LastKey;
    }

    /// <summary>Notes a change of a partition.</summary>
    /// <param name="session">The writing session.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="memories">How many memories more or less it has.</param>
    /// <param name="messages">How many messages more or less it has.</param>
    public static void Change(SqliteSession session, long partition, int memories, int messages)
    {
        session.Query("UPDATE partitions SET version = version + 1, memories = memories + ?2, messages = messages + ?3 WHERE id = ?1")
            .With(partition).With(memories).With(messages).Run();
        session.Query("UPDATE totals SET memories = memories + ?1, messages = messages + ?2").With(memories).With(messages).Run();
    }

    /// <summary>Removes the partitions of a user that hold nothing any more, because they name the user.</summary>
    public static void RemoveEmpty(SqliteSession session, string tenant, string user) =>
        session.Query("DELETE FROM partitions WHERE tenant = ?1 AND user = ?2 AND memories = 0").With(tenant).With(user).Run();
}
