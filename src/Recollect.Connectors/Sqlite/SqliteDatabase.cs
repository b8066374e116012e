using System.Collections.Concurrent;

namespace Recollect.Connectors.Sqlite;

/// <summary>One database file: a single writing session, any number of reading ones, and its schema.</summary>
/// <remarks>Every member is safe to call concurrently. What SQLite answers is turned into the seam's own exception here and nowhere else.</remarks>
internal sealed class SqliteDatabase(SqliteProfile profile, string root) : IDisposable
{
    private const int IdleReaders = 16;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly ConcurrentBag<SqliteSession> _scatteredReaders = [];
    private SqliteSession? _writer;
    private string _synchronous = profile.Synchronous; // of the writer
    private volatile bool _ready;
    private volatile bool _disposed;

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(root), profile.FileName);

    /// <summary>Gets how to mend a damaged file, as a sentence.</summary>
    public string Repair => profile.Repair;

    /// <summary>Says what an exception of this class means for the file and how to mend it.</summary>
    public Diagnosis Explain(RecollectException error)
    {
        if (error.InnerException is not SqliteFailure failure)
        {
            return new(false, error.Message);
        }

        var (finding, advice, _) = SqliteErrors.Explain(profile, Path, failure);
        return new(false, finding, advice);
    }

    /// <summary>Creates or migrates the file; does nothing where it is as it should be.</summary>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        if (_ready)
        {
            return;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            Guard(() => _ready = _ready || Prepare());
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads one consistent state of the database.</summary>
    public ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => ReadWithAsync(work, _readers, cancellationToken);

    /// <summary>Reads one consistent state of the database too, for rows that lie anywhere in the file: it is not mapped, since each page would bring its neighbours with it and count as memory of the process.</summary>
    public ValueTask<T> ReadScatteredAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => ReadWithAsync(work, _scatteredReaders, cancellationToken);

    /// <summary>Changes the database in one transaction: all of it, or nothing.</summary>
    /// <param name="work">The changes. Where it changes nothing, nothing is written.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        UseWriterAsync(profile.Synchronous, session => Transaction(session, work, cancellationToken), cancellationToken);

    /// <summary>Changes the database as <see cref="WriteAsync"/> does, but does not wait for the disk: a power cut may take the change back, and it must do no harm then.</summary>
    public ValueTask<T> WriteLazilyAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        UseWriterAsync("NORMAL", session => Transaction(session, work, cancellationToken), cancellationToken);

    /// <summary>Uses the writing session outside any transaction, for upkeep.</summary>
    public ValueTask<T> AloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        UseWriterAsync(profile.Synchronous, work, cancellationToken);

    /// <summary>Closes every session; the last process to do so folds the log into the file.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_readers.TryTake(out var reader) || _scatteredReaders.TryTake(out reader))
        {
            reader.Dispose();
        }

        _writer?.Dispose();
        _writer = null;
        _writing.Dispose();
    }

    private static T Transaction<T>(SqliteSession session, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        session.Script("BEGIN IMMEDIATE");
        var result = work(session);
        cancellationToken.ThrowIfCancellationRequested();
        session.Script("COMMIT");
        return result;
    }

    private async ValueTask<T> UseWriterAsync<T>(string synchronous, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return Guard(() => Write(session => work(Settle(session, synchronous))));
        }
        finally
        {
            _writing.Release();
        }
    }

    private SqliteSession Settle(SqliteSession session, string synchronous)
    {
        if (!string.Equals(_synchronous, synchronous, StringComparison.Ordinal))
        {
            session.Script($"PRAGMA synchronous={synchronous}");
            _synchronous = synchronous;
        }

        return session;
    }

    private async ValueTask<T> ReadWithAsync<T>(Func<SqliteSession, T> work, ConcurrentBag<SqliteSession> idle, CancellationToken cancellationToken)
    {
        await InitializeAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Guard(() => Read(work, idle));
    }

    private T Read<T>(Func<SqliteSession, T> work, ConcurrentBag<SqliteSession> idle)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!idle.TryTake(out var session))
        {
            session = Open($"PRAGMA query_only=ON; PRAGMA cache_size=-8192; {(idle == _scatteredReaders ? "PRAGMA mmap_size=0;" : string.Empty)}");
        }

        var usable = false;
        try
        {
            session.Script("BEGIN");
            var result = work(session);
            session.Script("COMMIT");
            usable = true;
            return result;
        }
        finally
        {
            if ((usable || session.TryRollBack()) && idle.Count < IdleReaders && !_disposed)
            {
                idle.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    private T Write<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _writer ??= OpenWriter();
        var done = false;
        try
        {
            var result = work(_writer);
            done = true;
            return result;
        }
        finally
        {
            if (!done && !_writer.TryRollBack())
            {
                _writer.Dispose();
                _writer = null;
            }
        }
    }

    private bool Prepare()
    {
        SqliteLibrary.EnsureBound();
        CreateFile();
        return Write(session => // whose failure ends the transaction that a migration left open
        {
            Migrate(session);
            return true;
        });
    }

    private void CreateFile()
    {
        try
        {
            PrivateFile.CreateIfMissing(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.ToException(profile, Path, error);
        }
    }

    private void Migrate(SqliteSession session)
    {
        var newest = profile.Migrations.Count;
        var found = Version(session);
        if (found > newest)
        {
            throw new SqliteFailure(SqliteFailure.NewerSchema, $"its schema is version {found}, this program knows {newest}");
        }

        if (found == newest)
        {
            return;
        }

        Transaction(session, writer =>
        {
            for (var version = Version(writer); version < newest; version++) // another process may have been faster
            {
                writer.Script(profile.Migrations[(int)version]);
                writer.Script($"PRAGMA user_version={version + 1}");
            }

            return newest;
        }, CancellationToken.None);
    }

    private static long Version(SqliteSession session) => session.Query("PRAGMA user_version").Number() ?? 0;

    private SqliteSession OpenWriter()
    {
        var session = Open("PRAGMA cache_size=-65536;");
        _synchronous = profile.Synchronous;
        return session;
    }

    private SqliteSession Open(string more)
    {
        var session = SqliteSession.Open(Path, Settings(more));
        profile.AddFunctions?.Invoke(session);
        return session;
    }

    private string Settings(string more) =>
        $"PRAGMA busy_timeout=10000; PRAGMA page_size={profile.PageSize}; PRAGMA journal_mode=WAL; PRAGMA synchronous={profile.Synchronous}; "
        + $"PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA mmap_size=2147418112; {more}";

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteFailure failure)
        {
            throw SqliteErrors.ToException(profile, Path, failure);
        }
    }
}
