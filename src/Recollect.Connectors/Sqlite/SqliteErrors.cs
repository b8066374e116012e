using SQLitePCL;

namespace Recollect.Connectors.Sqlite;

/// <summary>Says in a sentence what went wrong with a database file and what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>Makes the seam's own exception.</summary>
    public static RecollectException ToException(SqliteProfile profile, string path, SqliteFailure failure)
    {
        var (sentence, isTransient) = failure.PrimaryCode switch
        {
            SqliteFailure.NoLibrary => (failure.Message, false),
            SqliteFailure.NewerSchema => ($"{path} was written by a newer version of Recollect ({failure.Message}): upgrade Recollect, or use another data root.", false),
            raw.SQLITE_FULL => ($"The disk of {path} is full: free some space and run again. Nothing was lost.", false),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ($"{path} is in use by another process that is writing: wait until it is done and run again.", true),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => ($"{path} cannot be written: give this user the right to write the file and its folder.", false),
            raw.SQLITE_CANTOPEN => ($"{path} cannot be opened: check that the folder exists and that this user may write to it.", false),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ($"{path} is damaged or not a database. {profile.Repair}", false),
            raw.SQLITE_IOERR => ($"Reading or writing {path} failed (SQLite error {failure.Code}): check the disk and run again. Nothing was lost.", true),
            raw.SQLITE_NOMEM => ($"There was not enough memory to work with {path}.", true),
            raw.SQLITE_TOOBIG => ("A text is larger than SQLite can keep (1 GB).", false),
            _ => ($"SQLite refused to work with {path} (error {failure.Code}: {failure.Message}).", false),
        };

        return profile.Fail(sentence, isTransient, failure);
    }

    /// <summary>Makes the seam's own exception for a folder or file that could not be made.</summary>
    public static RecollectException ToException(SqliteProfile profile, string path, Exception failure) =>
        profile.Fail($"{path} cannot be created: {failure.Message}", false, failure);
}
