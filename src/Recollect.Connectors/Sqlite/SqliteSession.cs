using System.Text;
using SQLitePCL;

namespace Recollect.Connectors.Sqlite;

/// <summary>One connection with the statements that were prepared on it. Used by one caller at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteSession(sqlite3 handle) => _handle = handle;

    /// <summary>Gets how many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Gets the key of the row that was inserted last.</summary>
    public long LastKey => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Opens a database file, which must exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Pragmas, separated by semicolons.</param>
    public static SqliteSession Open(string path, string settings)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var message = raw.sqlite3_errstr(code).utf8_to_string();
            handle?.Dispose();
            throw new SqliteFailure(code, message);
        }

        var session = new SqliteSession(handle);
        try
        {
            raw.sqlite3_extended_result_codes(handle, 1);
            session.Script(settings);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Adds a function of a number and a text that gives a text and always the same one.</summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="function">What it does; must not throw.</param>
    public void AddFunction(string name, TextFunction function)
    {
        var code = raw.sqlite3_create_function(_handle, name, 2, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, (context, _, arguments) =>
            raw.sqlite3_result_text(context, function(
                raw.sqlite3_value_int64(arguments[0]),
                Encoding.UTF8.GetString(raw.sqlite3_value_blob(arguments[1])))));
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    /// <summary>Takes the statement of a text into use; prepared once and kept.</summary>
    /// <param name="sql">A constant text with numbered or plain parameters; never one that holds values.</param>
    public SqliteStatement Query(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v2(_handle, sql, out var handle);
            statement = code == raw.SQLITE_OK ? new(this, handle) : throw Failure(code);
            _statements.Add(sql, statement);
        }

        return statement.Take();
    }

    /// <summary>Runs statements without parameters.</summary>
    /// <param name="sql">Constant text.</param>
    public void Script(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    /// <summary>Ends a transaction that did not reach its commit; does nothing where SQLite already ended it.</summary>
    /// <returns>False when the session cannot be used any more.</returns>
    public bool TryRollBack() =>
        raw.sqlite3_get_autocommit(_handle) != 0 || raw.sqlite3_exec(_handle, "ROLLBACK") == raw.SQLITE_OK;

    /// <summary>Makes the exception of what SQLite just answered.</summary>
    /// <param name="code">The result code.</param>
    public SqliteFailure Failure(int code) => new(code, raw.sqlite3_errmsg(_handle).utf8_to_string());

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        _handle.Dispose();
    }
}
