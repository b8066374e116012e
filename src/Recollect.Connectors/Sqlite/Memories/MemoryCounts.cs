using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Counts and lists what is stored.</summary>
internal static class MemoryCounts
{
    /// <summary>Counts everything.</summary>
    public static StoreStatistics Count(SqliteSession session)
    {
        var madeBy = new Dictionary<string, long>(StringComparer.Ordinal);
        var oldest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        using (var row = session.Query("SELECT b.text, count(*), min(m.ended_at) FROM memories AS m JOIN made_by AS b ON b.id = m.made_by GROUP BY m.made_by"))
        {
            while (row.Read())
            {
                madeBy.Add(row.Text(0), row.Number(1));
                oldest.Add(row.Text(0), row.InstantOrNull(2)!.Value);
            }
        }

        return new()
        {
            Memories = session.Query("SELECT count(*) FROM memories").Number() ?? 0,
            Messages = session.Query("SELECT sum(messages) FROM partitions").Number() ?? 0,
            Chunks = session.Query("SELECT count(*) FROM chunks").Number() ?? 0,
            Users = session.Query("SELECT count(*) FROM (SELECT DISTINCT tenant, user FROM memories)").Number() ?? 0,
            MemoriesByMadeBy = madeBy,
            OldestByMadeBy = oldest,
            LargestUsers = LargestUsers(session),
        };
    }

    private static List<UserMemories> LargestUsers(SqliteSession session)
    {
        using var row = session.Query("SELECT tenant, user, count(*) AS memories FROM memories GROUP BY tenant, user ORDER BY memories DESC, tenant, user LIMIT 20");
        return row.List(static user => new UserMemories(user.Text(0), user.Text(1), user.Number(2)));
    }

    /// <summary>Gets the next users of a tenant after one, in their order.</summary>
    public static IReadOnlyList<UserMemories> UsersAfter(SqliteSession session, string tenant, string after, int top)
    {
        using var row = session.Query("SELECT tenant, user, count(*) FROM memories WHERE tenant = ?1 AND user > ?2 GROUP BY user ORDER BY user LIMIT ?3").With(tenant).With(after).With(top);
        return row.List(static user => new UserMemories(user.Text(0), user.Text(1), user.Number(2)));
    }

    /// <summary>Gets the next ids after one, in their order.</summary>
    public static List<string> IdsAfter(SqliteSession session, string after, int top)
    {
        using var row = session.Query("SELECT id FROM memories WHERE id > ?1 ORDER BY id LIMIT ?2").With(after).With(top);
        return row.List(static memory => memory.Text(0));
    }
}
