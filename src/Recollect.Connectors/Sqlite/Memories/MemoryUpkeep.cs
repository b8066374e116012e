namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>Makes what was removed unreadable, and checks what is there.</summary>
internal static class MemoryUpkeep
{
    /// <summary>Notes that removed text may still lie in the files, so that cleaning survives a crash.</summary>
    public static void NoteScrub(SqliteSession session) => session.Query("INSERT OR IGNORE INTO upkeep(task) VALUES('scrub')").Run();

    /// <summary>Gets whether removed text may still lie in the files.</summary>
    public static bool NeedsScrub(SqliteSession session) => session.Query("SELECT 1 FROM upkeep WHERE task = 'scrub'").Number() is not null;

    /// <summary>
    /// Rewrites the indexes without the removed entries, then the file without the pages that moved rows have left traces
    /// in, then empties the log. Outside any transaction.
    /// </summary>
    public static void Scrub(SqliteSession session)
    {
        session.Script("INSERT INTO message_index(message_index) VALUES('optimize'); INSERT INTO memory_index(memory_index) VALUES('optimize');");
        session.Script("VACUUM");
        EmptyLog(session);
        session.Script("DELETE FROM upkeep WHERE task = 'scrub'");
    }

    /// <summary>Gets the first thing that is wrong with the file; null when it is whole.</summary>
    public static string? Check(SqliteSession session)
    {
        using (var row = session.Query("PRAGMA quick_check(1)"))
        {
            if (row.Read() && row.Text(0) is var finding && !string.Equals(finding, "ok", StringComparison.Ordinal))
            {
                return finding;
            }
        }

        session.Script("INSERT INTO message_index(message_index, rank) VALUES('integrity-check', 1); INSERT INTO memory_index(memory_index, rank) VALUES('integrity-check', 1);");
        return null;
    }

    private static void EmptyLog(SqliteSession session)
    {
        using var row = session.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        if (row.Read() && row.Number(0) != 0)
        {
            throw new SqliteFailure(SQLitePCL.raw.SQLITE_BUSY, "a reader keeps the log from being emptied");
        }
    }
}
