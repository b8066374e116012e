using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace Recollect.Connectors.Sqlite;

/// <summary>A prepared statement that its session keeps. Disposing it gives it back, without its values, for the next use.</summary>
internal sealed class SqliteStatement(SqliteSession session, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 512;

    private int _bound;
    private bool _inUse;

    /// <summary>Sets the next parameter to a text; null is NULL.</summary>
    public SqliteStatement With(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return Checked(value is null ? raw.sqlite3_bind_null(handle, ++_bound) : raw.sqlite3_bind_text(handle, ++_bound, ""));
        }

        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = size <= StackBytes ? stackalloc byte[StackBytes] : (rented = ArrayPool<byte>.Shared.Rent(size));
        try
        {
            var used = Encoding.UTF8.GetBytes(value, buffer);
            return Checked(raw.sqlite3_bind_text(handle, ++_bound, buffer[..used]));
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    /// <summary>Sets the next parameter to a number.</summary>
    public SqliteStatement With(long value) => Checked(raw.sqlite3_bind_int64(handle, ++_bound, value));

    /// <summary>Sets the next parameter to a number; null is NULL.</summary>
    public SqliteStatement With(long? value) =>
        value is { } number ? With(number) : Checked(raw.sqlite3_bind_null(handle, ++_bound));

    /// <summary>Sets the next parameter to a vector as little-endian 32-bit floats.</summary>
    public SqliteStatement With(ReadOnlySpan<float> value) => Checked(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(handle, ++_bound, 0)
        : raw.sqlite3_bind_blob(handle, ++_bound, MemoryMarshal.AsBytes(value)));

    /// <summary>Sets the next parameter to bytes.</summary>
    public SqliteStatement With(byte[] value) => Checked(raw.sqlite3_bind_blob(handle, ++_bound, value));

    /// <summary>Sets the next parameter to a vector; null is NULL.</summary>
    public SqliteStatement WithOrNull(ReadOnlyMemory<float>? value) =>
        value is { } vector ? With(vector.Span) : Checked(raw.sqlite3_bind_null(handle, ++_bound));

    /// <summary>Moves to the next row.</summary>
    /// <returns>False after the last.</returns>
    public bool Read()
    {
        var code = raw.sqlite3_step(handle);
        return code == raw.SQLITE_ROW || (code == raw.SQLITE_DONE ? false : throw session.Failure(code));
    }

    /// <summary>Runs to the end and gives the statement back.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            while (Read())
            {
                // A pragma answers with rows that nobody needs.
            }

            return session.Changes;
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Gets the number in the first column of the first row, and gives the statement back; null without a row or value.</summary>
    public long? Number()
    {
        try
        {
            return Read() ? NumberOrNull(0) : null;
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Gets a number of the current row.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>Gets a number of the current row that may be NULL.</summary>
    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    /// <summary>Gets a fraction of the current row.</summary>
    public double Fraction(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>Gets a text of the current row.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    /// <summary>Gets a text of the current row that may be NULL.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Gets the bytes of a text or blob of the current row, valid until the next call on this statement.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Gets a vector of the current row, valid until the next call on this statement.</summary>
    public ReadOnlySpan<float> Vector(int column) => MemoryMarshal.Cast<byte, float>(Bytes(column));

    /// <summary>Gets a moment of the current row, kept as UTC ticks.</summary>
    public DateTimeOffset Instant(int column) => new(Number(column), TimeSpan.Zero);

    /// <summary>Gets a moment of the current row that may be NULL.</summary>
    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    /// <summary>Reads the rows that are left.</summary>
    /// <param name="read">What makes an item of the current row.</param>
    public List<T> List<T>(Func<SqliteStatement, T> read)
    {
        var items = new List<T>();
        while (Read())
        {
            items.Add(read(this));
        }

        return items;
    }

    /// <summary>Gets whether a column of the current row is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>Takes the statement into use.</summary>
    /// <exception cref="InvalidOperationException">It is in use already.</exception>
    internal SqliteStatement Take()
    {
        if (_inUse)
        {
            throw new InvalidOperationException("A statement was used within itself.");
        }

        _inUse = true;
        return this;
    }

    /// <summary>Frees the native statement.</summary>
    internal void Close() => handle.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_inUse)
        {
            raw.sqlite3_reset(handle);
            raw.sqlite3_clear_bindings(handle);
            (_bound, _inUse) = (0, false);
        }
    }

    private SqliteStatement Checked(int code) => code == raw.SQLITE_OK ? this : throw session.Failure(code);
}
