namespace Recollect.UnitTests.Ingest.Sources.Files;

/// <summary>Repeats one block of bytes without ever holding more than that.</summary>
internal sealed class GeneratedStream(byte[] block, int times) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => (long)block.Length * times;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var at = (int)(Position % block.Length);
        var read = (int)Math.Min(Math.Min(count, block.Length - at), Length - Position);
        block.AsSpan(at, read).CopyTo(buffer.AsSpan(offset));
        Position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
