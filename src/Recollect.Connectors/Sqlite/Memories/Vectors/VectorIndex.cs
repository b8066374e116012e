using System.Globalization;
using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>The files of codes beside the database: one for each partition and dimension that has many vectors.</summary>
/// <remarks>
/// They are made of what the database holds and never needed: chunks that a file does not cover are read from the database, and
/// so are all where a file is missing, damaged, of another database, or newer than what a session sees. Who adds to one, or
/// replaces one, has the folder's lock and a session that was begun under it. Safe to use concurrently, also by several processes.
/// </remarks>
/// <param name="root">The data root.</param>
/// <param name="time">The clock.</param>
internal sealed class VectorIndex(string root, TimeProvider time) : IDisposable
{
    /// <summary>The folder in the data root.</summary>
    public const string FolderName = "memories.index";

    private const int MostUncovered = 128; // chunks that a search reads from the database rather than adding them; of large files a little more
    private const int MostUncoveredShare = 1_024;
    private const int MostBlocks = 1_024;
    private const int MostOpen = 4_096;
    private const int MostAtOnce = 65_536; // that a search or a change adds
    private const int CancelEvery = 1_024;
    private const string New = ".new";

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    private readonly string _folder = Path.Combine(Path.GetFullPath(root), FolderName);
    private readonly Lock _lock = new();
    private readonly Dictionary<(long Partition, int Dimension), VectorFile> _open = [];
    private readonly HashSet<(long Partition, int Dimension)> _distrusted = [];
    private readonly Dictionary<(long Partition, int Dimension), long> _due = [];
    private long? _failedAt;

    /// <summary>Gets or sets what is called before each change of the disk, so that tests can stop there.</summary>
    internal Action Step { get; set; } = static () => { };

    /// <summary>Gets a file, held, as far as a session may use it.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, as the session sees it.</param>
    /// <param name="dimension">The dimension.</param>
    /// <returns>Null where there is none.</returns>
    public VectorFile? Hold(SqliteSession session, Partition partition, int dimension)
    {
        if (partition.LastChunk <= MostUncovered)
        {
            return null;
        }

        var file = HoldNewest(session, partition, dimension);
        if (file?.Head.Version > partition.Version) // what has been removed since is not in it
        {
            file.Release();
            return null;
        }

        return file;
    }

    /// <summary>Says whether a search had better wait until <see cref="CatchUpAsync"/> was called.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, as the session sees it.</param>
    /// <param name="dimension">The dimension.</param>
    public bool IsBehind(SqliteSession session, Partition partition, int dimension)
    {
        if (partition.LastChunk <= MostUncovered || (_failedAt is { } at && time.GetElapsedTime(at) < PauseAfterFailure))
        {
            return false;
        }

        var file = Hold(session, partition, dimension);
        try
        {
            return file is null || file.Version > partition.Version || IsWorn(file, file.Removed(session, partition))
                || partition.LastChunk - file.Last > Math.Max(MostUncovered, file.Rows / MostUncoveredShare);
        }
        finally
        {
            file?.Release();
        }
    }

    /// <summary>Notes that a file is not what the database has, so that it is made again.</summary>
    public void Distrust(long partition, int dimension)
    {
        lock (_lock)
        {
            _distrusted.Add((partition, dimension));
        }
    }

    /// <summary>Covers what was added where it is much, so that searches need not do it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="partition">The partition after the change.</param>
    /// <param name="dimension">The dimension of what was added.</param>
    public async ValueTask CoverAsync(SqliteDatabase database, Partition partition, int dimension)
    {
        if (partition.LastChunk <= 2 * MostUncovered)
        {
            return;
        }

        bool isDue;
        lock (_lock)
        {
            isDue = !_due.TryGetValue((partition.Id, dimension), out var due) || partition.LastChunk >= due;
        }

        if (isDue)
        {
            var covered = await CatchUpAsync(database, partition.Id, dimension, CancellationToken.None); // the change is made already
            lock (_lock)
            {
                if (_due.Count >= MostOpen)
                {
                    _due.Clear();
                }

                _due[(partition.Id, dimension)] = (covered ?? partition.LastChunk) + Math.Max(2 * MostUncovered, partition.LastChunk / 64);
            }
        }
    }

    /// <summary>Adds what a file lacks, up to a number of chunks; makes it where it is missing or of no use, and again where much of it was removed.</summary>
    /// <param name="database">The database.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="dimension">The dimension.</param>
    /// <param name="cancellationToken">Stops; what was added until then stays.</param>
    /// <returns>The running number of the last chunk that the file covers; null where another is at work, or the disk refused.</returns>
    public async ValueTask<long?> CatchUpAsync(SqliteDatabase database, long partition, int dimension, CancellationToken cancellationToken)
    {
        try
        {
            using var alone = PrivateFile.TryOpenAlone(Path.Combine(_folder, "lock"));
            return alone is null ? null : await database.ReadAsync(session => CatchUp(session, partition, dimension, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) // the database answers, only later
        {
            _failedAt = time.GetTimestamp();
            return null;
        }
        finally
        {
            Close((partition, dimension));
        }
    }

    /// <summary>Takes the lock of the folder.</summary>
    /// <returns>Null where there is no folder.</returns>
    /// <exception cref="IOException">Another process holds it for long.</exception>
    public async ValueTask<IDisposable?> LockAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (Directory.Exists(_folder))
        {
            if (PrivateFile.TryOpenAlone(Path.Combine(_folder, "lock")) is { } alone)
            {
                return alone;
            }

            if (time.GetElapsedTime(since) > TimeSpan.FromSeconds(10))
            {
                throw new IOException("another process is writing it");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }

        return null;
    }

    /// <summary>Removes from every file what the database does not have any more. Under the lock of the folder.</summary>
    /// <param name="session">The session, which sees the newest state.</param>
    public void Scrub(SqliteSession session)
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(_folder, "*" + New))
        {
            File.Delete(path);
        }

        session.Script("BEGIN"); // one state for all
        foreach (var path in Directory.GetFiles(_folder, "*.vectors"))
        {
            Scrub(session, path);
        }

        session.Script("COMMIT");
    }

    /// <summary>Reads every file.</summary>
    /// <returns>The path of one that is damaged; null where all are whole.</returns>
    public string? FindDamaged() => !Directory.Exists(_folder) ? null : Directory.EnumerateFiles(_folder, "*.vectors").FirstOrDefault(static path =>
    {
        using var file = VectorFile.Open(path);
        return file?.IsWhole() != true && File.Exists(path);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            CloseAll();
        }
    }

    private static UInt128 Identity(SqliteSession session)
    {
        using var row = session.Query("SELECT id FROM identity");
        return row.Read() ? MemoryMarshal.Read<UInt128>(row.Bytes(0)) : default;
    }

    // Whether it is better made again, without what was removed and in large blocks.
    private static bool IsWorn(VectorFile file, RemovedRows removed) => removed.Count > Math.Max(MostUncovered, file.Rows / 4) || file.Blocks.Count > MostBlocks;

    // Whether a file is about what a session sees, judged by its head and its last row.
    private static bool IsOf(SqliteSession session, long partition, VectorFile file)
    {
        if (!file.Head.IsOf(Identity(session), partition, file.Dimension))
        {
            return false;
        }

        if (file.Rows == 0)
        {
            return true;
        }

        var block = file.BlockOf(file.Rows - 1);
        var key = file.Keys(block)[^1];
        using var row = session.Query(ChunkSearch.SelectCodes).With(ChunkKey.First(partition) + key.Chunk).With(ChunkKey.First(partition) + key.Chunk);
        return !row.Read() || (row.Number(1) == key.Memory && row.Bytes(2).SequenceEqual(file.Code(block, block.Rows - 1)));
    }

    private string PathOf(long partition, int dimension) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{partition}-{dimension}.vectors"));

    private VectorFile? HoldNewest(SqliteSession session, Partition partition, int dimension)
    {
        var key = (partition.Id, dimension);
        lock (_lock)
        {
            if (_distrusted.Contains(key))
            {
                return null;
            }

            if (_open.TryGetValue(key, out var known) && known.TryHold())
            {
                if (!known.IsOutdated)
                {
                    return known;
                }

                known.Release();
            }
        }

        var file = VectorFile.Open(PathOf(partition.Id, dimension));
        if (file?.TryHold() != true)
        {
            return null;
        }

        if (file.Dimension != dimension || !IsOf(session, partition.Id, file))
        {
            file.Release();
            file.Dispose();
            return null;
        }

        Keep(key, file);
        return file;
    }

    private void Keep((long Partition, int Dimension) key, VectorFile file)
    {
        lock (_lock)
        {
            if (_open.Remove(key, out var older))
            {
                older.Dispose();
            }

            if (_open.Count >= MostOpen)
            {
                CloseAll();
            }

            _open.Add(key, file);
        }
    }

    private void Close((long Partition, int Dimension) key)
    {
        lock (_lock)
        {
            if (_open.Remove(key, out var file))
            {
                file.Dispose();
            }
        }
    }

    private void CloseAll()
    {
        foreach (var file in _open.Values)
        {
            file.Dispose();
        }

        _open.Clear();
    }

    private long CatchUp(SqliteSession session, long id, int dimension, CancellationToken cancellationToken)
    {
        if (Partitions.Find(session, id) is not { } partition)
        {
            return 0;
        }

        var path = PathOf(id, dimension);
        using (var file = OpenTrusted(session, partition, dimension))
        {
            if (file is null || IsWorn(file, file.Removed(session, partition)))
            {
                Rewrite(session, partition, dimension, file, path);
            }
        }

        using var current = VectorFile.Open(path) ?? throw new IOException($"{path} cannot be read.");
        return partition.LastChunk == current.Last ? current.Last : Append(session, partition, current, path, cancellationToken);
    }

    // Opened without being held: nobody else disposes it.
    private VectorFile? OpenTrusted(SqliteSession session, Partition partition, int dimension)
    {
        lock (_lock)
        {
            if (_distrusted.Remove((partition.Id, dimension)))
            {
                return null;
            }
        }

        var file = VectorFile.Open(PathOf(partition.Id, dimension));
        if (file is not null && (file.Dimension != dimension || file.Version > partition.Version || !IsOf(session, partition.Id, file)))
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    private void Rewrite(SqliteSession session, Partition partition, int dimension, VectorFile? old, string path)
    {
        var head = VectorFormat.Head.Of(Identity(session), partition, dimension, session.Query("SELECT max(seq) FROM journal").Number() ?? 0);
        using (var writer = VectorFileWriter.Create(path + New, head, old?.Rows ?? 0, Step))
        {
            if (old is not null)
            {
                Copy(old, old.Removed(session, partition), writer);
            }

            writer.Commit(old?.Last ?? 0, partition.Version);
        }

        old?.Dispose(); // some systems do not replace what is mapped
        Close((partition.Id, dimension));
        Step();
        if (File.Exists(path))
        {
            VectorFileWriter.Retire(path);
        }

        Step();
        File.Move(path + New, path, overwrite: true);
    }

    private static void Copy(VectorFile from, RemovedRows removed, VectorFileWriter to)
    {
        foreach (var block in from.Blocks)
        {
            for (var row = 0; row < block.Rows; row++)
            {
                if (!removed.Has(block.First + row))
                {
                    to.Add(from.Keys(block)[row], from.Code(block, row), from.Signs(block).Slice(row * SignCode.Bytes, SignCode.Bytes));
                }
            }
        }
    }

    private long Append(SqliteSession session, Partition partition, VectorFile file, string path, CancellationToken cancellationToken)
    {
        using var writer = VectorFileWriter.Continue(path, file.Head, partition.LastChunk - file.Last, Step);
        var (dimension, last, read) = (file.Dimension, file.Last, 0);
        var vector = new float[dimension];
        Span<byte> signs = stackalloc byte[SignCode.Bytes];
        using var row = session.Query(ChunkSearch.SelectCodes).With(ChunkKey.First(partition.Id) + last + 1).With(ChunkKey.Last(partition.Id));
        for (; read < MostAtOnce && row.Read() && !(read % CancelEvery == 0 && cancellationToken.IsCancellationRequested); read++)
        {
            last = ChunkKey.Number(row.Number(0));
            var code = row.Bytes(2);
            if (code.Length == QuantizedVector.Size(dimension))
            {
                QuantizedVector.Decode(code, vector);
                SignCode.Encode(vector, signs);
                writer.Add(new(last, row.Number(1)), code, signs);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        last = read < MostAtOnce ? partition.LastChunk : last;
        writer.Commit(last, partition.Version);
        return last;
    }

    private void Scrub(SqliteSession session, string path)
    {
        using var file = VectorFile.Open(path);
        var partition = file is null ? null : Partitions.Find(session, file.Head.Partition);
        if (file is not null)
        {
            Close((file.Head.Partition, file.Dimension));
        }

        if (file is null || partition is not { } known || !IsOf(session, known.Id, file) || !string.Equals(path, PathOf(known.Id, file.Dimension), StringComparison.Ordinal))
        {
            file?.Dispose();
            Retire(path);
            File.Delete(path);
        }
        else if (file.Removed(session, known).Count > 0 || new FileInfo(path).Length > file.Length)
        {
            Rewrite(session, known, file.Dimension, file, path);
        }
    }

    private static void Retire(string path)
    {
        if (new FileInfo(path).Length > VectorFormat.Start)
        {
            VectorFileWriter.Retire(path);
        }
    }
}
