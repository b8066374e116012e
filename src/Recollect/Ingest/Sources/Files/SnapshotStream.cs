namespace Recollect.Ingest.Sources.Files;

/// <summary>Reads a file up to the length it had when it was opened, so that a growing file gives one well-defined content.</summary>
/// <param name="inner">The file; stays open when this is disposed.</param>
/// <param name="length">How far to read, counted from where <paramref name="inner"/> stands.</param>
internal sealed class SnapshotStream(Stream inner, long length) : Stream
{
    /// <summary>Gets how many bytes were read.</summary>
    public long Consumed { get; private set; }

    /// <summary>Gets a value indicating whether the file ended before its length: someone cut it off meanwhile.</summary>
    public bool EndedEarly { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => Consumed;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer[..Room(buffer.Length)]), buffer.Length);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer[..Room(buffer.Length)], cancellationToken), buffer.Length);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Room(int wanted) => (int)Math.Min(wanted, length - Consumed);

    private int Count(int read, int wanted)
    {
        Consumed += read;
        EndedEarly |= read == 0 && wanted > 0 && Consumed < length;
        return read;
    }
}
