using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Removes a user within a transaction of the caller.</summary>
internal static class MemoryForgetter
{
    /// <summary>Removes every memory of a user and the partitions that name the user.</summary>
    /// <remarks>The journal keeps one number per removed memory, so that derived indexes drop it too; the number means nothing else.</remarks>
    public static ForgetCounts Forget(SqliteSession session, string tenant, string user)
    {
        var (messages, chunks) = (0L, 0L);
        var keys = Keys(session, tenant, user);
        var last = session.Query("SELECT max(ended_at) FROM memories WHERE tenant = ?1 AND user = ?2").With(tenant).With(user).Number();
        foreach (var key in keys)
        {
            var removed = MemoryWriter.Remove(session, key);
            messages += removed.Messages;
            chunks += removed.Chunks;
            session.Query("DELETE FROM journal WHERE memory_key = ?1 AND kind = 'upsert'").With(key).Run();
        }

        Partitions.RemoveEmpty(session, tenant, user);
        if (keys.Count > 0)
        {
            SqliteUpkeep.NoteScrub(session);
        }

        return new(keys.Count, messages, chunks, keys.Count > 0 && last is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
    }

    private static List<long> Keys(SqliteSession session, string tenant, string user)
    {
        using var row = session.Query("SELECT key FROM memories WHERE tenant = ?1 AND user = ?2").With(tenant).With(user);
        return row.List(static memory => memory.Number(0));
    }
}
