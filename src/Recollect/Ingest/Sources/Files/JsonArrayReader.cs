using System.Buffers;

namespace Recollect.Ingest.Sources.Files;

/// <summary>
/// Splits a JSON array into its elements by brackets and quotes alone, so that one malformed element costs only itself
/// and no more than one element is kept.
/// </summary>
/// <param name="stream">The text; disposed with this.</param>
/// <param name="maxElementBytes">The longest element; longer ones are passed over without being kept.</param>
internal sealed class JsonArrayReader(Stream stream, int maxElementBytes) : IDisposable
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[],"u8);

    private readonly SlidingBuffer _buffer = new(stream);
    private Place _place = Place.BeforeArray;
    private int _depth;
    private bool _isSkipping;
    private long _number;

    private enum Place
    {
        BeforeArray,
        BetweenElements,
        InElement,
        InString,
        AfterBackslash,
        AfterArray,
    }

    /// <summary>Reads more. Take all elements in between.</summary>
    /// <returns>Whether there may be elements to take; false at the end.</returns>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_place == Place.AfterArray || _buffer.IsAtEnd)
        {
            return false;
        }

        await _buffer.FillAsync(cancellationToken);
        return true;
    }

    /// <summary>Takes the next element of what was read.</summary>
    /// <param name="element">The element.</param>
    public bool TryTake(out ArrayElement element)
    {
        while (_place != Place.AfterArray && !_buffer.Ahead.IsEmpty)
        {
            if (Step())
            {
                element = Take(isUnfinished: false);
                return true;
            }

            if (_buffer.Kept.Length > maxElementBytes)
            {
                _isSkipping = true;
                _buffer.Release();
            }
        }

        if (_buffer.IsAtEnd && _place != Place.AfterArray)
        {
            element = Take(isUnfinished: true);
            _place = Place.AfterArray;
            return true;
        }

        element = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private ArrayElement Take(bool isUnfinished)
    {
        var isTooLong = _isSkipping || _buffer.Kept.Length > maxElementBytes;
        var element = new ArrayElement(isTooLong ? default : _buffer.Kept, ++_number, isTooLong, isUnfinished);
        _buffer.Release();
        (_isSkipping, _depth) = (false, 0);
        return element;
    }

    /// <summary>Goes on by at least one byte; true when that was the end of an element.</summary>
    private bool Step() => _place switch
    {
        Place.InElement => StepInElement(),
        Place.InString => StepInString(),
        Place.AfterBackslash => Advance(1, Place.InString),
        _ => StepOutside(),
    };

    private bool StepOutside()
    {
        var next = _buffer.Ahead[0];
        var isSpace = next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
        if (_place == Place.BeforeArray || isSpace || next is (byte)',' or (byte)']')
        {
            Advance(1, isSpace ? _place : next == (byte)']' ? Place.AfterArray : Place.BetweenElements);
            _buffer.Release();
            return false;
        }

        _place = Place.InElement;
        return false;
    }

    private bool StepInElement()
    {
        var ahead = _buffer.Ahead;
        var at = ahead.IndexOfAny(Structure);
        if (at < 0)
        {
            return Advance(ahead.Length, Place.InElement);
        }

        switch (ahead[at])
        {
            case (byte)'"':
                return Advance(at + 1, Place.InString);
            case (byte)'{' or (byte)'[':
                _depth++;
                return Advance(at + 1, Place.InElement);
            case (byte)',' when _depth > 0:
                return Advance(at + 1, Place.InElement);
            case (byte)'}' or (byte)']' when _depth > 1:
                _depth--;
                return Advance(at + 1, Place.InElement);
            case (byte)'}' or (byte)']' when _depth == 1:
                Advance(at + 1, Place.BetweenElements);
                return true;
            case (byte)'}':
                return Advance(at + 1, Place.InElement); // closes nothing: the element is malformed
            default:
                Advance(at, Place.BetweenElements); // a bare value ends before the comma or the end of the array
                return true;
        }
    }

    private bool StepInString()
    {
        var ahead = _buffer.Ahead;
        var at = ahead.IndexOfAny((byte)'"', (byte)'\\');
        return at < 0
            ? Advance(ahead.Length, Place.InString)
            : Advance(at + 1, ahead[at] == (byte)'"' ? Place.InElement : Place.AfterBackslash);
    }

    private bool Advance(int bytes, Place state)
    {
        _buffer.Advance(bytes);
        _place = state;
        return false;
    }
}
