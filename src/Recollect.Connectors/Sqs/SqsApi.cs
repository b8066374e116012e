using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polly;
using Polly.Retry;
using Recollect.Work;

namespace Recollect.Connectors.Sqs;

/// <summary>Makes signed calls in the JSON protocol.</summary>
/// <remarks>Safe to use concurrently.</remarks>
internal sealed class SqsApi : IDisposable
{
    private const int Attempts = 4;
    private const long LargestAnswer = 128L << 20; // ten messages of a MiB, each letter escaped

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly SqsOptions _options;
    private readonly SqsCredentials _credentials;
    private readonly SqsErrors _errors;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retries;
    private readonly string _region;
    private TimeSpan _skew;

    /// <summary>Initializes a new instance of the <see cref="SqsApi"/> class.</summary>
    /// <param name="options">Where the service is, and how long it may take.</param>
    /// <param name="errors">Describes failures.</param>
    /// <param name="time">Dates signatures, and times calls and pauses.</param>
    public SqsApi(SqsOptions options, SqsErrors errors, TimeProvider time)
    {
        (_options, _errors, _time) = (options, errors, time);
        _credentials = new(options);
        _region = SqsAddress.Region(options);
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                Delay = FirstPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<SqsCallException>(failure => failure.IsTransient),
            })
            .Build();
    }

    /// <summary>Makes what others are told of a failed call.</summary>
    public static QueueException Describe(SqsCallException failure) => new(failure.Message, failure.IsTransient, failure);

    /// <summary>Makes a call, and makes it again while its failure may pass.</summary>
    /// <param name="action">The action.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="cancellationToken">Stops waiting; the call may have been made all the same.</param>
    /// <exception cref="SqsCallException">It failed to the last.</exception>
    public async ValueTask<JsonElement> TryAsync(string action, JsonObject body, CancellationToken cancellationToken) =>
        await _retries.ExecuteAsync(async stop => await CallAsync(action, body, TimeSpan.Zero, stop), cancellationToken);

    /// <summary>Makes a call once.</summary>
    /// <param name="action">The action.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="wait">How long the service waits before it answers.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SqsCallException">It failed.</exception>
    public async Task<JsonElement> CallAsync(string action, JsonObject body, TimeSpan wait, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        try
        {
            return await SendAsync(action, bytes, wait, cancellationToken);
        }
        catch (SqsCallException ex) when (ex.Skew is { } skew && skew != _skew)
        {
            _skew = skew; // from now on with the service's clock
            return await SendAsync(action, bytes, wait, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(string action, byte[] body, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Timeout + wait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var credentials = await _credentials.GetAsync(either.Token);
            using var request = new HttpRequestMessage(HttpMethod.Post, SqsAddress.Endpoint(_options));
            request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonSQS.{action}");
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") } };
            SqsSigner.Sign(request, body, credentials, _region, _time.GetUtcNow() + _skew);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var told = await ReadAsync(action, answer, either.Token);
            return !answer.IsSuccessStatusCode ? throw _errors.Of(action, answer, told, _time.GetUtcNow())
                : told is { ValueKind: JsonValueKind.Object } root ? root
                : throw _errors.OfBrokenAnswer(action);
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.OfTimeout(action, ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _errors.OfConnection(action, ex);
        }
    }

    private async Task<JsonElement?> ReadAsync(string action, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(content, default, cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException) // what it means, the status says
        {
            return null;
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw _errors.OfBrokenAnswer(action, ex);
        }
    }
}
