namespace Recollect.Ingest.Sources.Files;

/// <summary>Splits a stream into lines without ever keeping more than the longest line that is allowed.</summary>
/// <param name="stream">The text; disposed with this.</param>
/// <param name="maxLineBytes">The longest line; longer ones are passed over without being kept.</param>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IDisposable
{
    private readonly SlidingBuffer _buffer = new(stream);
    private bool _isSkipping;
    private long _number;

    /// <summary>Reads more. Take all lines in between.</summary>
    /// <returns>Whether there may be lines to take; false at the end.</returns>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_buffer.IsAtEnd)
        {
            return false;
        }

        await _buffer.FillAsync(cancellationToken);
        return !_buffer.IsAtEnd || !_buffer.Kept.IsEmpty || _isSkipping;
    }

    /// <summary>Takes the next line of what was read.</summary>
    /// <param name="line">The line.</param>
    public bool TryTake(out Line line)
    {
        var ahead = _buffer.Ahead;
        var at = ahead.IndexOf((byte)'\n');
        _buffer.Advance(at < 0 ? ahead.Length : at);
        if (_buffer.Kept.Length > maxLineBytes)
        {
            _isSkipping = true;
            _buffer.Release();
        }

        var isUnfinished = at < 0 && _buffer.IsAtEnd;
        if (at < 0 && !(isUnfinished && (_isSkipping || !_buffer.Kept.IsEmpty)))
        {
            line = default;
            return false;
        }

        var bytes = _isSkipping ? default : _buffer.Kept;
        line = new Line(bytes.Span.EndsWith((byte)'\r') ? bytes[..^1] : bytes, ++_number, _isSkipping, isUnfinished);
        _buffer.Advance(isUnfinished ? 0 : 1);
        _buffer.Release();
        _isSkipping = false;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
