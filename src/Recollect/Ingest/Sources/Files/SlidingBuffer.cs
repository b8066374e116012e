using System.Buffers;

namespace Recollect.Ingest.Sources.Files;

/// <summary>A window over a stream: keeps what is being looked at, and grows only when that is larger than the window.</summary>
/// <param name="stream">The text; disposed with this.</param>
internal sealed class SlidingBuffer(Stream stream) : IDisposable
{
    private const int ReadBytes = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
    private int _end;

    /// <summary>Gets where the kept part begins.</summary>
    public int Start { get; private set; }

    /// <summary>Gets up to where was looked; never before <see cref="Start"/>.</summary>
    public int Position { get; private set; }

    /// <summary>Gets a value indicating whether the stream has ended.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Gets what was not looked at yet.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(Position, _end - Position);

    /// <summary>Gets what is kept and was looked at; only valid until the next fill.</summary>
    public ReadOnlyMemory<byte> Kept => _buffer.AsMemory(Start, Position - Start);

    /// <summary>Looks further.</summary>
    /// <param name="bytes">How many bytes.</param>
    public void Advance(int bytes) => Position += bytes;

    /// <summary>Lets go of everything that was looked at.</summary>
    public void Release() => Start = Position;

    /// <summary>Reads more behind what is kept.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        IsAtEnd = read == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, Start, Position, _end) = ([], 0, 0, 0);
    }

    private void MakeRoom()
    {
        var kept = _end - Start;
        if (Start > 0)
        {
            _buffer.AsSpan(Start, kept).CopyTo(_buffer);
            (Start, Position, _end) = (0, Position - Start, kept);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
