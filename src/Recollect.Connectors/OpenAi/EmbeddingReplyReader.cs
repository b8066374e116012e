using System.Globalization;
using System.Text.Json;

namespace Recollect.Connectors.OpenAi;

/// <summary>Reads an answer as it comes, without holding its text, and puts the vectors in the order of the texts.</summary>
/// <param name="count">The number of texts.</param>
/// <param name="failures">Describes what is wrong.</param>
internal sealed class EmbeddingReplyReader(int count, EmbeddingFailures failures)
{
    private const int BufferLength = 64 * 1024;
    private const int LongestToken = 1024 * 1024;
    private const int LongestVector = 65_536;
    private const int DepthOfRoot = 1;
    private const int DepthOfUsage = 2;
    private const int DepthOfItem = 3;
    private const int DepthOfValues = 4;
    private const long SmallestLimit = 4L * 1024 * 1024;
    private const long LimitOfAText = 256L * 1024; // 8,192 dimensions of 32 characters

    private readonly float[]?[] _vectors = new float[]?[count];
    private readonly List<float> _values = [];
    private string _field = string.Empty; // of the root
    private string _inner = string.Empty; // of an item, or of the usage
    private float[]? _vector;
    private int? _index;
    private long? _promptTokens;
    private long? _totalTokens;
    private bool _isError;

    /// <summary>Reads an answer to its end.</summary>
    /// <exception cref="JsonException">It is no JSON, or cut off.</exception>
    public async Task<EmbeddingReply> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        var state = default(JsonReaderState);
        var (filled, total) = (0, 0L);
        for (var isLast = false; !isLast;)
        {
            var read = await content.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            (isLast, filled, total) = (read == 0, filled + read, total + read);
            if (total > SmallestLimit + (count * LimitOfAText))
            {
                throw failures.OfShape("it is far too large");
            }

            var consumed = Consume(buffer.AsSpan(0, filled), isLast, ref state);
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length < LongestToken ? buffer.Length * 2 : throw failures.OfShape("a single value is far too long"));
            }
        }

        return _isError ? throw failures.OfHiddenError() : new(Complete(), _promptTokens ?? _totalTokens);
    }

    private int Consume(ReadOnlySpan<byte> bytes, bool isLast, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(bytes, isLast, state);
        while (json.Read())
        {
            Take(ref json);
        }

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    private void Take(ref Utf8JsonReader json)
    {
        switch (json.CurrentDepth)
        {
            case DepthOfRoot when json.TokenType is JsonTokenType.PropertyName:
                (_field, _inner) = (json.GetString()!, string.Empty);
                break;
            case DepthOfRoot when _field is "error" && json.TokenType is not JsonTokenType.Null:
                _isError = true;
                break;
            case DepthOfUsage when _field is "usage":
                TakeUsage(ref json);
                break;
            case DepthOfUsage when _field is "data" && json.TokenType is JsonTokenType.EndObject:
                Place();
                break;
            case DepthOfItem when _field is "data":
                TakeItem(ref json);
                break;
            case DepthOfValues when _field is "data" && _inner is "embedding":
                TakeValue(ref json);
                break;
        }
    }

    private void TakeUsage(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.PropertyName)
        {
            _inner = json.GetString()!;
        }
        else if (json.TokenType is JsonTokenType.Number && json.TryGetInt64(out var tokens) && tokens >= 0)
        {
            _promptTokens = _inner is "prompt_tokens" ? tokens : _promptTokens;
            _totalTokens = _inner is "total_tokens" ? tokens : _totalTokens;
        }
    }

    private void TakeItem(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.PropertyName)
        {
            _inner = json.GetString()!;
        }
        else if (_inner is "index" && json.TokenType is JsonTokenType.Number && json.TryGetInt32(out var index))
        {
            _index = index;
        }
        else if (_inner is "embedding" && json.TokenType is JsonTokenType.EndArray)
        {
            _vector = [.. _values];
            _values.Clear();
        }
    }

    private void TakeValue(ref Utf8JsonReader json)
    {
        if (_values.Count == LongestVector)
        {
            throw failures.OfShape("a vector is far too long");
        }

        _values.Add(json.TokenType is JsonTokenType.Number && json.TryGetSingle(out var value) ? value : float.NaN); // null and "NaN" fail their own text only
    }

    private void Place()
    {
        if (_index is not { } index || index < 0 || index >= count)
        {
            throw failures.OfShape(string.Create(CultureInfo.InvariantCulture, $"a vector is not of one of the {count} texts"));
        }

        if (_vectors[index] is not null)
        {
            throw failures.OfShape(string.Create(CultureInfo.InvariantCulture, $"text {index} has two vectors"));
        }

        _vectors[index] = _vector ?? [];
        (_index, _vector) = (null, null);
        _values.Clear();
    }

    private float[][] Complete()
    {
        var found = _vectors.Count(vector => vector is not null);
        return found == count
            ? [.. _vectors.Select(vector => vector!)]
            : throw failures.OfShape(string.Create(CultureInfo.InvariantCulture, $"it holds {found} vectors for {count} texts"));
    }
}
