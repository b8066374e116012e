using System.Text.Json;
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

    /// <summary>Gets when the first and the last conversation ended; null where there is none.</summary>
    public static (DateTimeOffset First, DateTimeOffset Last)? Span(SqliteSession session)
    {
        using var row = session.Query("SELECT (SELECT min(ended_at) FROM memories), (SELECT max(ended_at) FROM memories)");
        return row.Read() && row.InstantOrNull(0) is { } first ? (first, row.InstantOrNull(1)!.Value) : null;
    }

    /// <summary>Counts what ended between each border and the next.</summary>
    public static IReadOnlyList<long> Between(SqliteSession session, IReadOnlyList<DateTimeOffset> borders)
    {
        var counts = new long[Math.Max(0, borders.Count - 1)];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = session.Query("SELECT count(*) FROM memories WHERE ended_at >= ?1 AND ended_at < ?2").With(borders[i].UtcTicks).With(borders[i + 1].UtcTicks).Number() ?? 0;
        }

        return counts;
    }

    /// <summary>Gets the next users of a tenant after one, in their order.</summary>
    public static IReadOnlyList<UserMemories> UsersAfter(SqliteSession session, string tenant, ScopeFilter scopes, string after, int top)
    {
        using var row = session.Query(
            "SELECT tenant, user, count(*) FROM memories WHERE tenant = ?1 AND user > ?2 AND (scope IN (SELECT value FROM json_each(?4))) <> ?5 GROUP BY user ORDER BY user LIMIT ?3")
            .With(tenant).With(after).With(top).With(JsonSerializer.Serialize(scopes.Names, StoredJson.Compact.IReadOnlyListString)).With(scopes.IsAllBut ? 1 : 0);
        return row.List(static user => new UserMemories(user.Text(0), user.Text(1), user.Number(2)));
    }

    /// <summary>Gets the next ids after one, in their order.</summary>
    public static List<string> IdsAfter(SqliteSession session, string after, int top)
    {
        using var row = session.Query("SELECT id FROM memories WHERE id > ?1 ORDER BY id LIMIT ?2").With(after).With(top);
        return row.List(static memory => memory.Text(0));
    }
}
