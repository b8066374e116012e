namespace Recollect.Connectors.Sqlite;

/// <summary>What SQLite answered instead of success; never leaves this folder but as the inner exception of a store's own.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception(message)
{
    /// <summary>The code for a missing library, which SQLite itself cannot report.</summary>
    public const int NoLibrary = -1;

    /// <summary>The code for a file that a newer version wrote.</summary>
    public const int NewerSchema = -2;

    /// <summary>Gets the extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>Gets the primary result code.</summary>
    public int PrimaryCode => Code < 0 ? Code : Code & 0xFF;
}
