using System.Net.Http.Headers;
using System.Text.Json;
using Recollect.Memorize.Generation;
using Recollect.Text;

namespace Recollect.Connectors;

/// <summary>Posts single requests to a model over HTTP. What fails is a <see cref="GenerationException"/>; nothing is tried again here.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class ChatEndpoint : IDisposable
{
    private const long LargestAnswer = 16L * 1024 * 1024;

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly Uri _address;
    private readonly IReadOnlyDictionary<string, string> _headers;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new instance of the <see cref="ChatEndpoint"/> class.</summary>
    /// <param name="address">Where requests go.</param>
    /// <param name="headers">What every request carries beside its body.</param>
    /// <param name="timeout">How long one may take, up to the last byte of its answer.</param>
    /// <param name="failures">Describes failures.</param>
    /// <param name="time">Times the requests.</param>
    public ChatEndpoint(Uri address, IReadOnlyDictionary<string, string> headers, TimeSpan timeout, ChatRequestFailures failures, TimeProvider time) =>
        (_address, _headers, _timeout, Failures, _time) = (address, headers, timeout, failures, time);

    /// <summary>Gets what describes failures.</summary>
    public ChatRequestFailures Failures { get; }

    /// <summary>Adds a path to the base address of the settings; what is secret in its query stays there.</summary>
    public static Uri AddressOf(string endpoint, string path)
    {
        var address = new UriBuilder(endpoint);
        address.Path = address.Path.TrimEnd('/') + path;
        return address.Uri;
    }

    /// <summary>Finds what is wrong with a base address; it never repeats it, because a wrong one may hold a password.</summary>
    public static string? WhatIsWrongWith(string endpoint) =>
        string.IsNullOrWhiteSpace(endpoint) ? "is empty"
            : !Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") ? "is no http or https address"
            : address.UserInfo.Length > 0 ? "holds a user or password, which belongs into ApiKey"
            : address.Fragment.Length > 0 ? "holds a fragment"
            : null;

    /// <summary>Posts a request.</summary>
    /// <param name="body">The request.</param>
    /// <param name="asksForFormat">Whether it asks for a form of reply, which the server may refuse.</param>
    /// <param name="onRefusal">Looks at a refusal before it is thrown; true: the caller sends another request instead. Null: nobody looks.</param>
    /// <param name="cancellationToken">Stops waiting; the server may have done the work all the same.</param>
    /// <returns>The answer, an object; null where <paramref name="onRefusal"/> said so.</returns>
    /// <exception cref="GenerationException">It failed.</exception>
    public async Task<JsonElement?> PostAsync(ReadOnlyMemory<byte> body, bool asksForFormat, Func<ChatError, bool>? onRefusal, CancellationToken cancellationToken)
    {
        await using var answer = await OpenAsync(body, asksForFormat, onRefusal, cancellationToken);
        return answer is null ? null : await answer.WholeAsync();
    }

    /// <summary>Posts a request whose answer is read while it comes.</summary>
    /// <param name="body">The request.</param>
    /// <param name="asksForFormat">Whether it asks for a form of reply, which the server may refuse.</param>
    /// <param name="onRefusal">Looks at a refusal before it is thrown; true: the caller sends another request instead. Null: nobody looks.</param>
    /// <param name="cancellationToken">Stops waiting, and the answer too.</param>
    /// <returns>The answer, to be disposed of; null where <paramref name="onRefusal"/> said so.</returns>
    /// <exception cref="GenerationException">It failed.</exception>
    public async Task<ChatEvents?> OpenAsync(ReadOnlyMemory<byte> body, bool asksForFormat, Func<ChatError, bool>? onRefusal, CancellationToken cancellationToken)
    {
        var patience = new CancellationTokenSource(_timeout, _time);
        var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        HttpResponseMessage? answer = null;
        ChatEvents? events = null;
        try
        {
            using var request = Request(body);
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.IsSuccessStatusCode)
            {
                var content = new BoundedStream(await answer.Content.ReadAsStreamAsync(either.Token), LargestAnswer, () => new InvalidDataException("The answer is far too large."));
                return events = new(answer, content, patience, either, _timeout, Failures);
            }

            var error = await ChatError.ReadAsync(answer, either.Token);
            return onRefusal?.Invoke(error) is true ? null : throw Failures.OfStatus(answer, error, asksForFormat, _time.GetUtcNow());
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfTimeout(_timeout, ex);
        }
        catch (HttpRequestException ex)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfConnection(ex);
        }
        finally
        {
            if (events is null)
            {
                answer?.Dispose();
                either.Dispose();
                patience.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address);
        foreach (var (name, value) in _headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }
}
