using SQLitePCL;

namespace Recollect.Connectors.Sqlite;

/// <summary>Says in a sentence what went wrong with a database file and what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>Says what SQLite's answer means.</summary>
    public static (string Finding, string Advice, bool IsTransient) Explain(SqliteProfile profile, string path, SqliteFailure failure) => failure.PrimaryCode switch
    {
        SqliteFailure.NoLibrary => (failure.Message, SqliteLibrary.HowToInstall, false),
        SqliteFailure.NewerSchema => ($"{path} was written by a newer version of Recollect ({failure.Message}).", "Upgrade Recollect, or use another data root.", false),
        raw.SQLITE_FULL => ($"The disk of {path} is full.", "Free some space and run again: nothing was lost.", false),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ($"{path} is in use by another process.", "Wait until it is done and run again.", true),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => ($"{path} cannot be written.", "Give this user the right to write the file and its folder.", false),
        raw.SQLITE_CANTOPEN => ($"{path} cannot be opened.", "Check that the folder exists and that this user may write to it.", false),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ($"{path} is damaged or not a database.", profile.Repair, false),
        raw.SQLITE_IOERR => ($"Reading or writing {path} failed (SQLite error {failure.Code}).", "Check the disk and run again: nothing was lost.", true),
        raw.SQLITE_NOMEM => ($"There was not enough memory to work with {path}.", "Close other programs and run again.", true),
        raw.SQLITE_TOOBIG => ("A text is larger than SQLite can keep.", "Texts may have 1 GB at the most.", false),
        _ => ($"SQLite refused to work with {path} (error {failure.Code}: {failure.Message}).", "Run `recollect doctor`.", false),
    };

    /// <summary>Makes the seam's own exception.</summary>
    public static RecollectException ToException(SqliteProfile profile, string path, SqliteFailure failure)
    {
        var (finding, advice, isTransient) = Explain(profile, path, failure);
        return profile.Fail($"{finding} {advice}", isTransient, failure);
    }

    /// <summary>Makes the seam's own exception for a folder or file that could not be made.</summary>
    public static RecollectException ToException(SqliteProfile profile, string path, Exception failure) =>
        profile.Fail($"{path} cannot be created: {failure.Message}", false, failure);
}
