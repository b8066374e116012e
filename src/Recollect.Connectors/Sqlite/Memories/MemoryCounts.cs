using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Counts and lists what is stored.</summary>
internal static class MemoryCounts
{
    /// <summary>Counts everything.</summary>
    public static StoreStatistics Count(SqliteSession session)
    {
        var madeBy = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var row = session.Query("SELECT b.text, count(*) FROM memories AS m JOIN made_by AS b ON b.id = m.made_by GROUP BY m.made_by"))
        {
            while (row.Read())
            {
                madeBy.Add(row.Text(0), row.Number(1));
            }
        }

        return new()
        {
            Memories = session.Query("SELECT count(*) FROM memories").Number() ?? 0,
            Messages = session.Query("SELECT count(*) FROM messages").Number() ?? 0,
            Chunks = session.Query("SELECT count(*) FROM chunks").Number() ?? 0,
            Users = session.Query("SELECT count(*) FROM (SELECT DISTINCT tenant, user FROM memories)").Number() ?? 0,
            MemoriesByMadeBy = madeBy,
        };
    }

    /// <summary>Gets the next ids after one, in their order.</summary>
    public static List<string> IdsAfter(SqliteSession session, string after, int top)
    {
        using var row = session.Query("SELECT id FROM memories WHERE id > ?1 ORDER BY id LIMIT ?2").With(after).With(top);
        return row.List(static memory => memory.Text(0));
    }
}
