using SQLitePCL;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>A connection of its own to a database file, as another program would open it.</summary>
internal sealed class RawDatabase : IDisposable
{
    private readonly sqlite3 _handle;

    private RawDatabase(sqlite3 handle) => _handle = handle;

    /// <summary>Opens a file of a data root; the stores have bound the library before.</summary>
    public static RawDatabase Open(string root, string file)
    {
        if (raw.sqlite3_open(Path.Combine(root, file), out var handle) != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"{file} cannot be opened.");
        }

        return new(handle);
    }

    /// <summary>Runs statements.</summary>
    public void Run(string sql)
    {
        if (raw.sqlite3_exec(_handle, sql) != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    /// <summary>Gets the first number that a statement answers.</summary>
    public long Number(string sql)
    {
        if (raw.sqlite3_prepare_v2(_handle, sql, out var statement) != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(_handle).utf8_to_string());
        }

        using (statement)
        {
            raw.sqlite3_step(statement);
            return raw.sqlite3_column_int64(statement, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
