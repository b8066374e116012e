using System.Net.ServerSentEvents;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors;

/// <summary>The answer of a model while it comes: objects, one after the other. What fails is a <see cref="GenerationException"/>.</summary>
/// <remarks>Not safe for concurrent use. Wire: server-sent events, whose data is JSON or <c>[DONE]</c>.</remarks>
internal sealed class ChatEvents : IAsyncDisposable
{
    private const string Done = "[DONE]";

    private readonly HttpResponseMessage _answer;
    private readonly Stream _content;
    private readonly CancellationTokenSource _patience;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _timeout;
    private readonly ChatRequestFailures _failures;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    /// <summary>Initializes a new instance of the <see cref="ChatEvents"/> class, which owns what it is given.</summary>
    /// <param name="answer">The answer, whose head has come.</param>
    /// <param name="content">Its body.</param>
    /// <param name="patience">Ends it when it takes too long.</param>
    /// <param name="either">Ends it for that reason or the caller's.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="failures">Describes failures.</param>
    public ChatEvents(HttpResponseMessage answer, Stream content, CancellationTokenSource patience, CancellationTokenSource either, TimeSpan timeout, ChatRequestFailures failures)
    {
        (_answer, _content, _patience, _either, _timeout, _failures) = (answer, content, patience, either, timeout, failures);
        _items = SseParser.Create(content).EnumerateAsync(either.Token).GetAsyncEnumerator(either.Token);
    }

    /// <summary>Gets a value indicating whether the server streams at all; where it does not, the body is one ordinary answer.</summary>
    public bool IsStream => _answer.Content.Headers.ContentType?.MediaType is "text/event-stream";

    /// <summary>Gets a value indicating whether the server has said that nothing more comes.</summary>
    public bool SaidDone { get; private set; }

    /// <summary>Reads the next object.</summary>
    /// <returns>The object; null at the end.</returns>
    public async ValueTask<JsonElement?> NextAsync()
    {
        try
        {
            _either.Token.ThrowIfCancellationRequested(); // what has come already may be all
            if (!await _items.MoveNextAsync())
            {
                return null;
            }

            if (string.Equals(_items.Current.Data, Done, StringComparison.Ordinal))
            {
                SaidDone = true;
                return null;
            }

            using var document = JsonDocument.Parse(_items.Current.Data);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : throw _failures.OfBrokenAnswer();
        }
        catch (Exception ex)
        {
            ExceptionDispatchInfo.Throw(Translated(ex));
            throw;
        }
    }

    /// <summary>Reads the body of an answer that is no stream.</summary>
    public async ValueTask<JsonElement> WholeAsync()
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(_content, cancellationToken: _either.Token);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : throw _failures.OfBrokenAnswer();
        }
        catch (Exception ex)
        {
            ExceptionDispatchInfo.Throw(Translated(ex));
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync();
        await _content.DisposeAsync();
        _answer.Dispose();
        _either.Dispose();
        _patience.Dispose();
    }

    /// <summary>Gets what is thrown in place of a failure: of one that the caller's own stopping brought about, that.</summary>
    private Exception Translated(Exception failure) => failure switch
    {
        OperationCanceledException => _patience.IsCancellationRequested ? _failures.OfTimeout(_timeout, failure) : failure,
        _ when _either.IsCancellationRequested && !_patience.IsCancellationRequested => new OperationCanceledException(_either.Token),
        JsonException or InvalidOperationException or IOException or InvalidDataException or HttpRequestException => _failures.OfBrokenAnswer(failure),
        _ => failure,
    };
}
