using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Removes a user, or some memories, within a transaction of the caller.</summary>
internal static class MemoryForgetter
{
    /// <summary>Removes every memory of a user and the partitions that name the user.</summary>
    /// <remarks>The journal keeps one number per removed memory, so that derived indexes drop it too; the number means nothing else.</remarks>
    public static ForgetCounts Forget(SqliteSession session, string tenant, string user)
    {
        using var row = session.Query("SELECT key, ended_at FROM memories WHERE tenant = ?1 AND user = ?2").With(tenant).With(user);
        var counts = Remove(session, row.List(Read));
        Partitions.RemoveEmpty(session, tenant, user);
        return counts;
    }

    /// <summary>Removes some memories, as those of a user are removed.</summary>
    public static ForgetCounts Forget(SqliteSession session, IReadOnlyCollection<string> ids)
    {
        var memories = new List<(long Key, long EndedAt)>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            using var row = session.Query("SELECT key, ended_at FROM memories WHERE id = ?1").With(id);
            memories.AddRange(row.List(Read));
        }

        return Remove(session, memories);
    }

    private static ForgetCounts Remove(SqliteSession session, List<(long Key, long EndedAt)> memories)
    {
        var (messages, chunks) = (0L, 0L);
        foreach (var (key, _) in memories)
        {
            var removed = MemoryWriter.Remove(session, key);
            messages += removed.Messages;
            chunks += removed.Chunks;
            session.Query("DELETE FROM journal WHERE memory_key = ?1 AND kind = 'upsert'").With(key).Run();
        }

        if (memories.Count > 0)
        {
            SqliteUpkeep.NoteScrub(session);
        }

        return new(memories.Count, messages, chunks, memories.Count > 0 ? new DateTimeOffset(memories.Max(static memory => memory.EndedAt), TimeSpan.Zero) : null);
    }

    private static (long Key, long EndedAt) Read(SqliteStatement row) => (row.Number(0), row.Number(1));
}
