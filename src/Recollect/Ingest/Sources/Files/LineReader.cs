using System.Buffers;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Splits a stream into lines over one pooled buffer, which grows up to the longest line that is allowed.</summary>
/// <param name="stream">The text; disposed with this.</param>
/// <param name="maxLineBytes">The longest line; longer ones are passed over without being kept.</param>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IDisposable
{
    private const int ReadBytes = 256 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
    private int _start; // of the line that is being looked for
    private int _searched; // up to here there is no line end
    private int _end; // of what was read
    private bool _isSkipping;
    private bool _isAtEnd;
    private long _number;

    /// <summary>Reads more. Take all lines in between.</summary>
    /// <returns>Whether there may be lines to take; false at the end.</returns>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_isAtEnd)
        {
            return false;
        }

        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _isAtEnd = read == 0;
        return !_isAtEnd || _end > _start || _isSkipping;
    }

    /// <summary>Takes the next line of what was read.</summary>
    /// <param name="line">The line.</param>
    public bool TryTake(out Line line)
    {
        var at = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (at >= 0)
        {
            line = Take(_searched + at, next: _searched + at + 1, isUnfinished: false);
            return true;
        }

        _searched = _end;
        if (_end - _start > maxLineBytes)
        {
            _isSkipping = true;
            _start = _end;
        }

        if (_isAtEnd && (_start < _end || _isSkipping))
        {
            line = Take(_end, next: _end, isUnfinished: true);
            return true;
        }

        line = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Line Take(int end, int next, bool isUnfinished)
    {
        var isTooLong = _isSkipping || end - _start > maxLineBytes;
        var bytes = isTooLong ? default : _buffer.AsMemory(_start, end - _start);
        (_start, _searched, _isSkipping) = (next, next, false);
        return new Line(bytes.Span.EndsWith((byte)'\r') ? bytes[..^1] : bytes, ++_number, isTooLong, isUnfinished);
    }

    private void MakeRoom()
    {
        var kept = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
            (_start, _searched, _end) = (0, _searched - _start, kept);
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
