using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Runs single statements over the HTTP Query API, each in a transaction of its own. What fails is a <see cref="MemoryStoreException"/>.</summary>
/// <remarks>Safe to use concurrently; no more calls are made at once than the options allow.</remarks>
/// <param name="options">Where the server is and how long it may take.</param>
/// <param name="time">Times the calls.</param>
internal sealed class QueryApi(Neo4jOptions options, TimeProvider time) : IDisposable
{
    private const long LargestAnswer = 1L << 30;
    private const int Depth = 128;

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly SemaphoreSlim _calls = new(options.Concurrency);
    private readonly Uri _address = QueryAddress.Of(options.Uri, options.Database);

    /// <summary>Gets what describes failures.</summary>
    public QueryFailures Failures { get; } = new(options);

    /// <summary>Reads rows.</summary>
    /// <param name="statement">One of <see cref="Cypher"/>.</param>
    /// <param name="parameters">Writes the parameters; null for none.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<List<T>> ReadAsync<T>(string statement, Action<Utf8JsonWriter>? parameters, Func<QueryRow, T> read, CancellationToken cancellationToken) =>
        RunAsync(QueryBody.Of(statement, parameters, isRead: true), read, cancellationToken);

    /// <summary>Changes something, and reads the rows that the statement returns.</summary>
    /// <param name="statement">One of <see cref="Cypher"/>.</param>
    /// <param name="parameters">Writes the parameters; null for none.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Stops waiting; the change may have been made all the same.</param>
    public Task<List<T>> WriteAsync<T>(string statement, Action<Utf8JsonWriter>? parameters, Func<QueryRow, T> read, CancellationToken cancellationToken) =>
        RunAsync(QueryBody.Of(statement, parameters, isRead: false), read, cancellationToken);

    /// <summary>Runs a statement that is written already.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<List<T>> RunAsync<T>(ReadOnlyMemory<byte> body, Func<QueryRow, T> read, CancellationToken cancellationToken)
    {
        await _calls.WaitAsync(cancellationToken);
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _calls.Dispose();
    }

    private List<T> Read<T>(HttpResponseMessage answer, JsonElement? body, Func<QueryRow, T> read)
    {
        try
        {
            if (body is { } told && QueryErrors.CodeOf(told) is { } code) // also within a success
            {
                throw Failures.OfCode(code, HttpFailure.RetryAfter(answer, time.GetUtcNow()));
            }

            return !answer.IsSuccessStatusCode ? throw Failures.OfStatus(answer, time.GetUtcNow())
                : body is { } root ? [.. QueryRow.Of(root).Select(read)]
                : throw Failures.OfBrokenAnswer();
        }
        catch (Exception ex) when (ex is InvalidOperationException or FormatException or JsonException or KeyNotFoundException or ArgumentException)
        {
            throw Failures.OfShape(ex);
        }
    }

    private async ValueTask<JsonDocument?> ParseAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) is true)
        {
            throw answer.IsSuccessStatusCode ? Failures.OfWebPage() : Failures.OfStatus(answer, time.GetUtcNow());
        }

        try
        {
            await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
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
