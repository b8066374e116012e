namespace Recollect.Connectors.Sqlite;

/// <summary>What differs between the databases that Recollect keeps in SQLite.</summary>
internal sealed record SqliteProfile
{
    /// <summary>Gets the file's name in the data root.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the value of <c>synchronous</c>: <c>FULL</c> survives a power cut, <c>NORMAL</c> may lose the last commits of one.</summary>
    public required string Synchronous { get; init; }

    /// <summary>Gets the page size in bytes of a new file.</summary>
    public required int PageSize { get; init; }

    /// <summary>Gets the scripts that lead from an empty file to the newest schema, in order; a published one never changes.</summary>
    public required IReadOnlyList<string> Migrations { get; init; }

    /// <summary>Gets how to mend a damaged file, as a sentence.</summary>
    public required string Repair { get; init; }

    /// <summary>Gets what adds the SQL functions that the schema uses to a session; null where it uses none.</summary>
    public Action<SqliteSession>? Functions { get; init; }

    /// <summary>Gets what makes the seam's own exception of a message, whether trying again may help, and a cause.</summary>
    public required Func<string, bool, Exception, RecollectException> Fail { get; init; }
}
