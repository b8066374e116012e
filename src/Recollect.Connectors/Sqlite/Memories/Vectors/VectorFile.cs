using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>The codes of one partition's vectors of one dimension, mapped from a file as far as it was written when it was opened.</summary>
/// <remarks>
/// Nothing in a file changes below its last commit, and a file that is replaced stays as it was for those who have it mapped. Safe
/// to use concurrently between <see cref="TryHold"/> and <see cref="Release"/>, also while it is disposed.
/// </remarks>
internal sealed unsafe class VectorFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly VectorFormat.Commit _commit;
    private readonly List<VectorBlock> _blocks = [];
    private volatile RemovedRows _removed;

    private VectorFile(MemoryMappedViewAccessor view, byte* start, VectorFormat.Head head, VectorFormat.Commit commit)
    {
        (_view, Head, _commit) = (view, head, commit);
        _start = start;
        _removed = new(head.Version, head.Seq, new(0));
    }

    /// <summary>Gets what it is about.</summary>
    public VectorFormat.Head Head { get; }

    /// <summary>Gets the dimension of its vectors.</summary>
    public int Dimension => (int)Head.Dimension;

    /// <summary>Gets how many rows it has.</summary>
    public int Rows => (int)_commit.Rows;

    /// <summary>Gets the running number of the last chunk that it covers.</summary>
    public long Last => _commit.Last;

    /// <summary>Gets the version of the partition that was looked at last.</summary>
    public long Version => _commit.Version;

    /// <summary>Gets how many bytes of the file hold.</summary>
    public long Length => _commit.Length;

    /// <summary>Gets the blocks.</summary>
    public IReadOnlyList<VectorBlock> Blocks => _blocks;

    /// <summary>Gets a value indicating whether there is more in the file now, or another file in its place. Held.</summary>
    public bool IsOutdated =>
        MemoryMarshal.Read<int>(Span(VectorFormat.RetiredAt, sizeof(int))) != 0 || LastCommit(Span(0, VectorFormat.Start)) is not { } last || last.Number != _commit.Number;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Null where there is none, or where it is not whole.</returns>
    public static VectorFile? Open(string path)
    {
        MemoryMappedViewAccessor? view = null;
        try
        {
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
            {
                Span<byte> page = new byte[VectorFormat.Start];
                if (stream.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) < page.Length
                    || MemoryMarshal.Read<int>(page[VectorFormat.RetiredAt..]) != 0
                    || VectorFormat.Open<VectorFormat.Head>(page) is not { } head
                    || LastCommit(page) is not { } commit
                    || commit.Length < VectorFormat.Start || commit.Length > stream.Length)
                {
                    return null;
                }

                using var map = MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
                view = map.CreateViewAccessor(0, commit.Length, MemoryMappedFileAccess.Read);
                byte* start = null;
                view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
                view.SafeMemoryMappedViewHandle.ReleasePointer(); // it stays where it is as long as it is held
                var file = new VectorFile(view, start + view.PointerOffset, head, commit);
                if (file.ReadBlocks())
                {
                    view = null;
                    return file;
                }
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) // then the database answers alone
        {
            return null;
        }
        finally
        {
            view?.Dispose();
        }
    }

    /// <summary>Keeps the file mapped until <see cref="Release"/>.</summary>
    /// <returns>False where it was disposed.</returns>
    public bool TryHold()
    {
        try
        {
            var added = false;
            _view.SafeMemoryMappedViewHandle.DangerousAddRef(ref added);
            return added;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Ends what <see cref="TryHold"/> began.</summary>
    public void Release() => _view.SafeMemoryMappedViewHandle.DangerousRelease();

    /// <summary>Gets the keys of a block. Held.</summary>
    public ReadOnlySpan<VectorKey> Keys(VectorBlock block) => MemoryMarshal.Cast<byte, VectorKey>(Span(block.Body, block.Rows * VectorKey.Bytes));

    /// <summary>Gets the signs of a block. Held.</summary>
    public ReadOnlySpan<byte> Signs(VectorBlock block) => Span(block.Body + VectorFormat.SignsAt(block.Rows), block.Rows * SignCode.Bytes);

    /// <summary>Gets the one-byte code of a row of a block. Held.</summary>
    public ReadOnlySpan<byte> Code(VectorBlock block, int row)
    {
        var size = QuantizedVector.Size(Dimension);
        return Span(block.Body + VectorFormat.CodesAt(block.Rows) + ((long)row * size), size);
    }

    /// <summary>Gets the block of a row.</summary>
    public VectorBlock BlockOf(int row)
    {
        var (low, high) = (0, _blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _blocks[middle].First <= row ? (middle, high) : (low, middle - 1);
        }

        return _blocks[low];
    }

    /// <summary>Gets how many rows there are up to a chunk. Held.</summary>
    /// <param name="chunk">The running number of the chunk.</param>
    public int RowsUntil(long chunk) => chunk >= Last ? Rows : LowerBound(key => key.Chunk <= chunk);

    /// <summary>Gets the rows whose memories were removed since, as a session sees it. Held.</summary>
    /// <param name="session">The reading session.</param>
    /// <param name="partition">The partition, as the session sees it.</param>
    public RemovedRows Removed(SqliteSession session, Partition partition)
    {
        var known = _removed;
        if (known.Version == partition.Version)
        {
            return known;
        }

        var isOlder = partition.Version < known.Version; // another search was faster, with a newer session
        var found = (isOlder ? new(Head.Version, Head.Seq, new(0)) : known).With(session, partition, FindMemory);
        if (!isOlder)
        {
            _removed = found;
        }

        return found;
    }

    /// <summary>Reads all of it.</summary>
    /// <returns>Whether every block is as it was written. Held.</returns>
    public bool IsWhole() => _blocks.TrueForAll(block =>
        VectorFormat.Open<VectorFormat.BlockHead>(Span(block.Body - VectorFormat.BlockHeadBytes, VectorFormat.BlockHeadBytes)) is { } head
        && head.Checksum == VectorFormat.Checksum(Span(block.Body, VectorFormat.BodyBytes(Dimension, block.Rows))));

    /// <inheritdoc/>
    public void Dispose() => _view.Dispose();

    /// <summary>Gets the newer of the two commits that are whole.</summary>
    internal static VectorFormat.Commit? LastCommit(ReadOnlySpan<byte> page)
    {
        var first = VectorFormat.Open<VectorFormat.Commit>(page[VectorFormat.CommitsAt..]);
        var second = VectorFormat.Open<VectorFormat.Commit>(page[(VectorFormat.CommitsAt + VectorFormat.CommitBytes)..]);
        return first is { } a && second is { } b ? (a.Number > b.Number ? a : b) : first ?? second;
    }

    private bool ReadBlocks()
    {
        var (at, rows) = ((long)VectorFormat.Start, 0L);
        for (; at <= _commit.Length - VectorFormat.BlockHeadBytes;)
        {
            if (VectorFormat.Open<VectorFormat.BlockHead>(Span(at, VectorFormat.BlockHeadBytes)) is not { IsWhole: true } head
                || at + VectorFormat.BlockBytes(Dimension, head.Rows) > _commit.Length)
            {
                return false;
            }

            _blocks.Add(new(at + VectorFormat.BlockHeadBytes, (int)rows, head.Rows));
            (at, rows) = (at + VectorFormat.BlockBytes(Dimension, head.Rows), rows + head.Rows);
        }

        return at == _commit.Length && rows == _commit.Rows && (rows > VectorScan.MostExact || IsWhole()); // of more, what is found is compared with the database, and the doctor reads all
    }

    // The rows of a memory lie together, and memories in the order of their keys.
    private (int First, int Count) FindMemory(long memory)
    {
        var first = LowerBound(key => key.Memory < memory);
        return (first, LowerBound(key => key.Memory <= memory) - first);
    }

    // The number of rows at the beginning that are so.
    private int LowerBound(Func<VectorKey, bool> isBefore)
    {
        var (low, high) = (0, Rows);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var block = BlockOf(middle);
            (low, high) = isBefore(Keys(block)[middle - block.First]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private ReadOnlySpan<byte> Span(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _commit.Length - offset);
        return new(_start + offset, length);
    }
}
