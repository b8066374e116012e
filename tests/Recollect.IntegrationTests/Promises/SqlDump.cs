using Recollect.Connectors.Sqlite;

namespace Recollect.IntegrationTests.Promises;

/// <summary>Writes out what a database file holds, table by table.</summary>
internal static class SqlDump
{
    /// <summary>Gets every row of every table but those named.</summary>
    public static IReadOnlyDictionary<string, string> Of(string path, params string[] exceptTables)
    {
        using var session = SqliteSession.Open(path, "PRAGMA query_only=ON;");
        var dump = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Tables(session).Except(exceptTables, StringComparer.Ordinal))
        {
            var columns = Texts(session, $"SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')");
            dump.Add(table, string.Join('\n', Texts(session, $"SELECT {string.Join(" || ',' || ", columns)} AS line FROM \"{table}\" ORDER BY line")));
        }

        return dump;
    }

    private static List<string> Tables(SqliteSession session) =>
        Texts(session, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name");

    private static List<string> Texts(SqliteSession session, string sql)
    {
        using var row = session.Query(sql);
        return row.List(static line => line.TextOrNull(0) ?? string.Empty);
    }
}
