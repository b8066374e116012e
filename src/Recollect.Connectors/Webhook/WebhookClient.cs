using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Delivery;

namespace Recollect.Connectors.Webhook;

/// <summary>Posts one payload and tells the kinds of answers apart. Safe to call concurrently.</summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>The header that names a version of a conversation; the same version always has the same key.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int LargestReply = 16 * 1024 * 1024;
    private const int MostHops = 3;

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;

    public WebhookClient(IOptions<WebhookOptions> options, TimeProvider time) => (_options, _time) = (options.Value, time);

    /// <summary>Posts a payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="cancellationToken">Stops waiting; the receiver may have got it all the same.</param>
    /// <exception cref="DeliveryException">The receiver refused, answered nothing that can be read, or could not be reached.</exception>
    public async ValueTask<WebhookReply> PostAsync(WebhookPayload payload, string key, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(payload, WebhookJson.Readable.WebhookPayload);
            using var response = await SendAsync(() => Post(body, key), either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException ex) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException($"The webhook at {Host} did not answer within {_options.Timeout:g}; raise {WebhookOptions.SectionName}:Timeout if it needs longer.", isTransient: true, ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            throw new DeliveryException($"The webhook at {Host} could not be reached: {ReasonOf(ex)}.", isTransient: true, ex);
        }
    }

    /// <summary>Asks what the address takes, without posting anything.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<Diagnosis> ProbeAsync(CancellationToken cancellationToken)
    {
        const string advice = $"Check {WebhookOptions.SectionName}:Url, and that the receiver runs and can be reached from this machine.";
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(() => Request(HttpMethod.Options), either.Token);
            var answer = string.Create(CultureInfo.InvariantCulture, $"{Host} answers a dry probe (OPTIONS) with {(int)response.StatusCode}; nothing was posted");
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(Healthy: false, answer, $"It does not accept the credential: check {WebhookOptions.SectionName}:Credential and CredentialHeader."),
                >= HttpStatusCode.InternalServerError => new(Healthy: false, answer, "The receiver is there but fails; look at its own log."),
                _ => new(Healthy: true, answer),
            };
        }
        catch (DeliveryException ex)
        {
            return new(Healthy: false, ex.Message, advice);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            return new(Healthy: false, $"{Host} could not be reached: {ReasonOf(ex)}", advice);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Healthy: false, $"{Host} did not answer within {_options.Timeout:g}", advice);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string Host => new Uri(_options.Url).Authority; // the path may hold a token

    /// <summary>Sends, and follows a redirect that keeps method and host; any other is refused.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var from = new Uri(_options.Url);
        for (var hops = 0; ; hops++)
        {
            using var request = make();
            request.RequestUri = from;
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400)
            {
                return response;
            }

            var to = response.Headers.Location is { } location ? new Uri(from, location) : null;
            var keepsMethod = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
            response.Dispose();
            if (to is null || !keepsMethod || hops == MostHops || !IsSameHost(from, to))
            {
                throw new DeliveryException(
                    $"The webhook at {Host} redirects{(to is null ? string.Empty : $" to {to.Authority}")}, which is not followed; set {WebhookOptions.SectionName}:Url to the address that takes the POST itself.");
            }

            from = to;
        }
    }

    private static bool IsSameHost(Uri from, Uri to) =>
        Uri.Compare(from, to, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private HttpRequestMessage Post(byte[] body, string key)
    {
        var request = Request(HttpMethod.Post);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add(KeyHeader, key);
        return request;
    }

    private HttpRequestMessage Request(HttpMethod method)
    {
        var request = new HttpRequestMessage { Method = method };
        if (_options.Credential.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(_options.CredentialHeader, _options.Credential);
        }

        return request;
    }

    private async ValueTask<WebhookReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is < 200 or >= 300)
        {
            throw Refusal(response, status);
        }

        var body = await ReadBodyAsync(response, cancellationToken);
        return WebhookReply.Read(body)
            ?? throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"The webhook at {Host} answered {status} with {body.Length:N0} bytes that are neither empty nor {{\"Memory\":…,\"Status\":…}}."), isTransient: true);
    }

    private DeliveryException Refusal(HttpResponseMessage response, int status)
    {
        var mayPass = status is 408 or 425 or 429 or >= 500 or < 200;
        var refusal = string.Create(CultureInfo.InvariantCulture, $"The webhook at {Host} answered {status} {response.StatusCode}");
        return mayPass
            ? new($"{refusal}.", isTransient: true) { RetryAfter = RetryAfterOf(response) }
            : new($"{refusal}, so it does not take this conversation; mend it, then run \"recollect retry\".") { IsRefusal = true };
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - _time.GetUtcNow()) : null;
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > LargestReply)
            {
                throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"The webhook's reply is larger than {LargestReply:N0} bytes; it must be a summary."));
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return body.ToArray();
    }

    private static string ReasonOf(Exception ex) => ex is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http
        ? http.HttpRequestError.ToString()
        : ex.GetBaseException().GetType().Name;
}
