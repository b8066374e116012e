using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>Makes single calls of the HTTP API v2. What fails is a <see cref="MemoryStoreException"/>.</summary>
/// <remarks>Safe to use concurrently; no more calls are made at once than the options allow.</remarks>
internal sealed class ChromaApi : IDisposable
{
    private const long LargestAnswer = 1L << 30;
    private const int Depth = 128;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ChromaOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = HttpConnection.Create();
    private readonly SemaphoreSlim _calls;
    private readonly string _base;

    /// <summary>Initializes a new instance of the <see cref="ChromaApi"/> class.</summary>
    /// <param name="options">Where the server is and how long it may take.</param>
    /// <param name="time">Times the calls.</param>
    public ChromaApi(ChromaOptions options, TimeProvider time)
    {
        (_options, _time, _calls) = (options, time, new(options.Concurrency));
        _base = $"{options.Url.TrimEnd('/')}/api/v2";
        Tenant = $"/tenants/{Uri.EscapeDataString(options.Tenant)}";
        Database = $"{Tenant}/databases/{Uri.EscapeDataString(options.Database)}";
        Failures = new(options);
    }

    /// <summary>Gets the path of the tenant.</summary>
    public string Tenant { get; }

    /// <summary>Gets the path of the database.</summary>
    public string Database { get; }

    /// <summary>Gets what describes failures.</summary>
    public ChromaFailures Failures { get; }

    /// <summary>Gets how many calls are made at once.</summary>
    public int Concurrency => _options.Concurrency;

    /// <summary>Writes one JSON object.</summary>
    public static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads something.</summary>
    /// <param name="path">The path behind <c>/api/v2</c>.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, body: null, read, cancellationToken);

    /// <summary>Posts something, which reads or changes.</summary>
    /// <param name="path">The path behind <c>/api/v2</c>.</param>
    /// <param name="body">A JSON object.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Stops waiting; a change may have been made all the same.</param>
    public Task<T> PostAsync<T>(string path, ReadOnlyMemory<byte> body, Func<JsonElement, T> read, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, read, cancellationToken);

    /// <summary>Removes something.</summary>
    /// <param name="path">The path behind <c>/api/v2</c>.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been removed all the same.</param>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, body: null, static _ => true, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _calls.Dispose();
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, ReadOnlyMemory<byte>? body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        await _calls.WaitAsync(cancellationToken);
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = RequestOf(method, path, body);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            using var document = await ParseAsync(answer, either.Token);
            return Read(answer, document?.RootElement, read);
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfTimeout(ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfConnection(ex);
        }
        finally
        {
            _calls.Release();
        }
    }

    private HttpRequestMessage RequestOf(HttpMethod method, string path, ReadOnlyMemory<byte>? body)
    {
        var request = new HttpRequestMessage(method, $"{_base}{path}");
        request.Headers.Accept.Add(new("application/json"));
        if (_options.Token.Length > 0)
        {
            request.Headers.Add("x-chroma-token", _options.Token);
        }

        request.Content = body is { } json ? new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } : null;
        return request;
    }

    private T Read<T>(HttpResponseMessage answer, JsonElement? body, Func<JsonElement, T> read)
    {
        try
        {
            return !answer.IsSuccessStatusCode ? throw Failures.OfRefusal(ChromaRefusal.Of((int)answer.StatusCode, body), HttpFailure.RetryAfter(answer, _time.GetUtcNow()))
                : body is { } root ? read(root)
                : throw Failures.OfBrokenAnswer();
        }
        catch (Exception ex) when (ex is InvalidOperationException or FormatException or JsonException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw Failures.OfShape(ex);
        }
    }

    private async ValueTask<JsonDocument?> ParseAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) is true)
        {
            throw Failures.OfWebPage();
        }

        if (answer.Content.Headers.ContentLength > LargestAnswer)
        {
            throw Failures.OfLargeAnswer();
        }

        try
        {
            await using var content = new BoundedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), LargestAnswer, Failures.OfLargeAnswer);
            return await JsonDocument.ParseAsync(content, new JsonDocumentOptions { MaxDepth = Depth }, cancellationToken);
        }
        catch (JsonException) // no JSON: what it means, the status says
        {
            return null;
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfBrokenAnswer(ex);
        }
    }
}
