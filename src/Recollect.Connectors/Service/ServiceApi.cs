using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;
using Recollect.Text;

namespace Recollect.Connectors.Service;

/// <summary>Makes the calls to the service, and makes those again that may succeed later.</summary>
/// <remarks>Safe to call concurrently. Every call may be made twice: the service is in the same state after it.</remarks>
internal sealed partial class ServiceApi : IDisposable
{
    private const long LargestAnswer = 256L * 1024 * 1024;
    private const int LongestProblem = 64 * 1024;
    private const int LongestDetail = 400;

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly ServiceOptions _options;
    private readonly TimeProvider _time;
    private readonly ApiRetries _retries;
    private readonly ServiceFailures _failures;
    private readonly string _base;

    /// <summary>Initializes a new instance of the <see cref="ServiceApi"/> class.</summary>
    /// <param name="options">Where the service is.</param>
    /// <param name="time">Times calls and pauses.</param>
    /// <param name="logger">Takes reasons.</param>
    public ServiceApi(IOptions<ServiceOptions> options, TimeProvider time, ILogger<ServiceApi> logger)
    {
        (_options, _time) = (options.Value, time);
        var url = _options.Url.TrimEnd('/');
        _base = $"{url}/api/v1/work";
        _failures = new(url);
        _retries = new(_options.Attempts, _options.Delay, failure => LogRetry(logger, failure.Message), time);
    }

    /// <summary>Gets what is there.</summary>
    /// <param name="route">The route, with its query.</param>
    /// <param name="type">What comes back.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer; null where there is none.</returns>
    /// <exception cref="SourceException">It failed to the last.</exception>
    public ValueTask<TAnswer?> FindAsync<TAnswer>(string route, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class =>
        _retries.TryAsync(token => CallAsync(() => new(HttpMethod.Get, _base + route), type, isMissingFine: true, _options.Timeout, token), cancellationToken);

    /// <summary>Posts a body.</summary>
    /// <param name="route">The route.</param>
    /// <param name="body">The body.</param>
    /// <param name="type">What comes back.</param>
    /// <param name="cancellationToken">Stops it; what was sent may have been done.</param>
    /// <exception cref="SourceException">It failed to the last.</exception>
    public async ValueTask<TAnswer> PostAsync<TAnswer>(string route, JsonObject body, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class =>
        (await _retries.TryAsync(token => CallAsync(() => Post(route, body), type, isMissingFine: false, _options.Timeout, token), cancellationToken))!;

    /// <summary>Posts a body, and waits for no answer but that it was done.</summary>
    /// <param name="route">The route.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Stops it; what was sent may have been done.</param>
    /// <exception cref="SourceException">It failed to the last.</exception>
    public async ValueTask PostAsync(string route, JsonObject body, CancellationToken cancellationToken) =>
        await _retries.TryAsync(token => CallAsync<JsonObject>(() => Post(route, body), type: null, isMissingFine: false, _options.Timeout, token), cancellationToken);

    /// <summary>Posts a body once, for what comes again soon anyway.</summary>
    /// <param name="route">The route.</param>
    /// <param name="body">The body.</param>
    /// <param name="type">What comes back.</param>
    /// <param name="patience">How long it may take; no longer than any call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SourceException">It failed.</exception>
    public async ValueTask<TAnswer> PostOnceAsync<TAnswer>(string route, JsonObject body, JsonTypeInfo<TAnswer> type, TimeSpan patience, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            return (await CallAsync(() => Post(route, body), type, isMissingFine: false, patience < _options.Timeout ? patience : _options.Timeout, cancellationToken))!;
        }
        catch (ApiException ex)
        {
            throw new SourceException($"{ex.Message} {ex.Advice}", ex.IsTransient, ex);
        }
    }

    /// <summary>Checks that the service answers, and that the key may work.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(() => Post("/renew", new() { ["holder"] = "doctor", ["seconds"] = 1 }), ServiceJson.Readable.RenewedAnswer, isMissingFine: false, _options.Timeout, cancellationToken);
            return new(Healthy: true, $"{_failures.Server} lets this worker work");
        }
        catch (ApiException ex)
        {
            return new(Healthy: false, ex.Message, ex.Advice);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Post(string route, JsonObject body) =>
        new(HttpMethod.Post, _base + route) { Content = JsonContent.Create(body, ServiceJson.Readable.JsonObject) };

    private async ValueTask<TAnswer?> CallAsync<TAnswer>(Func<HttpRequestMessage> make, JsonTypeInfo<TAnswer>? type, bool isMissingFine, TimeSpan timeout, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var patience = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = make();
            request.Headers.Authorization = _options.ApiKey.Length > 0 ? new AuthenticationHeaderValue("Bearer", _options.ApiKey) : null;
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!answer.IsSuccessStatusCode)
            {
                var detail = await DetailOfAsync(answer, either.Token);
                return isMissingFine && answer.StatusCode == HttpStatusCode.NotFound && string.Equals(detail, ServiceFailures.NoConversation, StringComparison.Ordinal) ? null : throw _failures.OfStatus(answer, detail, _time.GetUtcNow());
            }

            return type is null ? null : await ReadAsync(answer, type, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _failures.OfTimeout(timeout);
        }
        catch (HttpRequestException ex)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _failures.OfConnection(ex);
        }
    }

    private async ValueTask<TAnswer> ReadAsync<TAnswer>(HttpResponseMessage answer, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : class
    {
        await using var content = new BoundedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), LargestAnswer, () => _failures.OfLargeAnswer(LargestAnswer));
        try
        {
            return await JsonSerializer.DeserializeAsync(content, type, cancellationToken) ?? throw _failures.OfBrokenAnswer(cause: null);
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException or IOException or InvalidDataException) // no JSON of ours, or the connection ended in the middle
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _failures.OfBrokenAnswer(ex);
        }
    }

    /// <summary>Reads what problem details say; empty where the answer is none, and so not of a Recollect.</summary>
    private static async ValueTask<string> DetailOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return string.Empty;
        }

        var body = new byte[LongestProblem];
        try
        {
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var count = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(body.AsMemory(0, count));
            var detail = document.RootElement.TryGetProperty("detail", out var value) ? value.GetString() ?? string.Empty : string.Empty;
            return detail.Length <= LongestDetail ? detail : detail[..LongestDetail];
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or IOException or InvalidDataException) // the status alone must tell
        {
            return string.Empty;
        }
    }

    [LoggerMessage(6901, LogLevel.Warning, "A call is made again: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
