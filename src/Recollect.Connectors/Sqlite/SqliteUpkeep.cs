namespace Recollect.Connectors.Sqlite;

/// <summary>Makes what was removed unreadable, and checks what is there.</summary>
internal static class SqliteUpkeep
{
    /// <summary>Notes that removed text may still lie in the files, so that cleaning survives a crash.</summary>
    public static void NoteScrub(SqliteSession session) => session.Query("INSERT OR IGNORE INTO upkeep(task) VALUES('scrub')").Run();

    /// <summary>
    /// Cleans the files where it was noted and not done yet: rewrites the indexes without the removed entries, then the file
    /// without the traces that moved rows may leave in its pages, then empties the log. Outside any transaction.
    /// </summary>
    /// <param name="session">The writing session.</param>
    /// <param name="rewriteIndexes">What rewrites the indexes; empty where there are none.</param>
    /// <param name="scrubFiles">What cleans the files that are made of this one; null where there are none.</param>
    public static bool ScrubIfNoted(SqliteSession session, string rewriteIndexes, Action<SqliteSession>? scrubFiles = null)
    {
        if (session.Query("SELECT 1 FROM upkeep WHERE task = 'scrub'").Number() is null)
        {
            return false;
        }

        scrubFiles?.Invoke(session);
        session.Script(rewriteIndexes);
        session.Script("VACUUM");
        EmptyLog(session);
        session.Script("DELETE FROM upkeep WHERE task = 'scrub'");
        return true;
    }

    /// <summary>Says what is wrong with a database and how to mend it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="checkIndexes">What checks the indexes; empty where there are none.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public static async ValueTask<Diagnosis> DiagnoseAsync(SqliteDatabase database, string checkIndexes, CancellationToken cancellationToken)
    {
        try
        {
            var finding = await database.AloneAsync(session => Check(session, checkIndexes), cancellationToken);
            return finding is null
                ? new(true, $"{database.Path} is whole.")
                : new(false, $"{database.Path} is damaged: {finding}", database.Repair);
        }
        catch (RecollectException error)
        {
            return database.Explain(error);
        }
    }

    private static string? Check(SqliteSession session, string checkIndexes)
    {
        using (var row = session.Query("PRAGMA quick_check(1)"))
        {
            if (row.Read() && row.Text(0) is var finding && !string.Equals(finding, "ok", StringComparison.Ordinal))
            {
                return finding;
            }
        }

        session.Script(checkIndexes);
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
