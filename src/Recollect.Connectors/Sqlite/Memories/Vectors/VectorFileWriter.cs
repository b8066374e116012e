using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories.Vectors;

/// <summary>Adds to a file of codes, or makes one anew. One at a time, under the lock of the folder.</summary>
/// <remarks>Killed at any moment it leaves a file that ends with its last commit.</remarks>
internal sealed class VectorFileWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly Action _step;
    private readonly int _dimension;
    private readonly int _capacity;
    private readonly byte[] _body; // of a block with as many rows as it may have
    private VectorFormat.Commit _commit;
    private int _rows;

    private VectorFileWriter(FileStream stream, VectorFormat.Head head, VectorFormat.Commit commit, long rows, Action step)
    {
        (_stream, _commit, _step, _dimension) = (stream, commit, step, (int)head.Dimension);
        _capacity = (int)Math.Clamp(rows, 1, VectorFormat.MostRows);
        _body = GC.AllocateUninitializedArray<byte>(VectorFormat.BodyBytes(_dimension, _capacity));
    }

    private int CodeSize => QuantizedVector.Size(_dimension);

    /// <summary>Begins a file without rows.</summary>
    /// <param name="path">The full path; what lies there is overwritten.</param>
    /// <param name="head">What it is about.</param>
    /// <param name="rows">How many rows will be added, about.</param>
    /// <param name="step">Called before each change of the disk, so that tests can stop there.</param>
    public static VectorFileWriter Create(string path, VectorFormat.Head head, long rows, Action step)
    {
        step();
        var stream = PrivateFile.OpenAlone(path);
        try
        {
            stream.SetLength(0);
            var page = new byte[VectorFormat.Start];
            VectorFormat.Seal(page, head);
            stream.Write(page);
            return new(stream, head, new(0, VectorFormat.Start, 0, 0, head.Version), rows, step);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Goes on behind the last commit of a file; what lies beyond it is cut off.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="head">What it is about.</param>
    /// <param name="rows">How many rows will be added, about.</param>
    /// <param name="step">Called before each change of the disk, so that tests can stop there.</param>
    /// <exception cref="IOException">It cannot be written, or has no commit.</exception>
    public static VectorFileWriter Continue(string path, VectorFormat.Head head, long rows, Action step)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            var page = new byte[VectorFormat.Start];
            stream.ReadExactly(page);
            var commit = VectorFile.LastCommit(page) ?? throw new IOException($"{path} has no commit.");
            step();
            stream.SetLength(commit.Length);
            stream.Position = commit.Length;
            return new(stream, head, commit, rows, step);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Marks a file as replaced, for those who have it mapped.</summary>
    /// <param name="path">The full path.</param>
    public static void Retire(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Position = VectorFormat.RetiredAt;
        stream.Write([1, 0, 0, 0]);
    }

    /// <summary>Adds a row with a code that was encoded before.</summary>
    public void Add(VectorKey key, ReadOnlySpan<byte> code, ReadOnlySpan<byte> signs)
    {
        MemoryMarshal.Write(_body.AsSpan(_rows * VectorKey.Bytes), in key);
        signs.CopyTo(_body.AsSpan(VectorFormat.SignsAt(_capacity) + (_rows * SignCode.Bytes)));
        code.CopyTo(_body.AsSpan(VectorFormat.CodesAt(_capacity) + (_rows * CodeSize)));
        if (++_rows == _capacity)
        {
            WriteBlock();
        }
    }

    /// <summary>Makes what was added hold, once the disk has it.</summary>
    /// <param name="last">The running number of the last chunk that was looked at.</param>
    /// <param name="version">The version of the partition.</param>
    public void Commit(long last, long version)
    {
        WriteBlock();
        _step();
        _stream.Flush(flushToDisk: true);
        _commit = _commit with { Number = _commit.Number + 1, Length = _stream.Position, Last = last, Version = version };
        Span<byte> place = new byte[VectorFormat.CommitBytes];
        VectorFormat.Seal(place, _commit);
        _step();
        RandomAccess.Write(_stream.SafeFileHandle, place, VectorFormat.CommitsAt + (_commit.Number % 2 * VectorFormat.CommitBytes));
        _step();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void WriteBlock()
    {
        if (_rows == 0)
        {
            return;
        }

        var block = new byte[VectorFormat.BlockBytes(_dimension, _rows)];
        var body = block.AsSpan(VectorFormat.BlockHeadBytes);
        _body.AsSpan(0, _rows * VectorKey.Bytes).CopyTo(body);
        _body.AsSpan(VectorFormat.SignsAt(_capacity), _rows * SignCode.Bytes).CopyTo(body[VectorFormat.SignsAt(_rows)..]);
        _body.AsSpan(VectorFormat.CodesAt(_capacity), _rows * CodeSize).CopyTo(body[VectorFormat.CodesAt(_rows)..]);
        VectorFormat.Seal(block, VectorFormat.BlockHead.Of(_rows, VectorFormat.Checksum(body[..VectorFormat.BodyBytes(_dimension, _rows)])));
        var half = block.Length / 2;
        _step();
        _stream.Write(block.AsSpan(0, half));
        _step();
        _stream.Write(block.AsSpan(half));
        _commit = _commit with { Rows = _commit.Rows + _rows };
        _rows = 0;
    }
}
