using System.Globalization;
using System.Runtime.InteropServices;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>The files of codes beside the database: one for each partition and dimension that has many vectors.</summary>
/// <remarks>
/// They are made of what the database holds and never needed: chunks that a file does not cover are read from the database, and
/// so are all where a file is missing, damaged, of another database, or newer than what a session sees. Who adds to one, or
/// replaces one, has the folder's lock and a session that was begun under it. Safe to use concurrently, also by several processes.
/// </remarks>
/// <param name="root">The data root.</param>
/// <param name="time">The clock.</param>
internal sealed partial class VectorIndex(string root, TimeProvider time) : IDisposable
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
    /// <returns>The running number of the last chunk that the file covers; null where another is at work, or the disk or the database refused.</returns>
    public async ValueTask<long?> CatchUpAsync(SqliteDatabase database, long partition, int dimension, CancellationToken cancellationToken)
    {
        try
        {
            using var alone = PrivateFile.TryOpenAlone(Path.Combine(_folder, "lock"));
            return alone is null ? null : await database.ReadAsync(session => CatchUp(session, partition, dimension, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or MemoryStoreException) // the database answers, only later; what was stored before stands
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
}
