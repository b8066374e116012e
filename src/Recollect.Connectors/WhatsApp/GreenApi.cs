using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recollect.Bots;
using Recollect.Text;

namespace Recollect.Connectors.WhatsApp;

/// <summary>Makes single calls of GREEN-API. The token is part of every address, so that no address is ever shown. What fails is a <see cref="ChannelException"/>.</summary>
/// <param name="options">Which instance, and how long calls may take.</param>
/// <param name="time">Times the calls.</param>
internal sealed class GreenApi(WhatsAppOptions options, TimeProvider time) : IDisposable
{
    private const long LargestAnswer = 16L * 1024 * 1024;

    private readonly HttpClient _http = HttpConnection.Create();

    /// <summary>Gets what describes failures.</summary>
    public GreenApiFailures Failures { get; } = new(options.Url);

    /// <summary>Makes a call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="name">The API's method, such as <c>sendMessage</c>.</param>
    /// <param name="rest">What follows the token in the address: a path, a query or nothing.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="patience">How long the call may take, up to the last byte of its answer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer; null when it is empty or <c>null</c>.</returns>
    public async ValueTask<JsonElement?> CallAsync(HttpMethod method, string name, string rest, JsonObject? body, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (options.Instance.Length == 0 || options.Token.Length == 0)
        {
            throw new ChannelException($"{WhatsAppOptions.SectionName}:Instance or Token is not set. The console of GREEN-API shows them as idInstance and apiTokenInstance.") { IsConfiguration = true };
        }

        using var timeout = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(method, $"{options.Url.TrimEnd('/')}/waInstance{options.Instance}/{name}/{options.Token}{rest}");
            request.Content = body is null ? null : JsonContent.Create(body);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var content = new BoundedStream(await answer.Content.ReadAsStreamAsync(either.Token), LargestAnswer, () => Failures.OfShape(name, "it is too large"));
            using var whole = new MemoryStream();
            await content.CopyToAsync(whole, either.Token);
            return answer.IsSuccessStatusCode ? Parse(name, whole) : throw Failures.OfStatus(name, answer, whole.ToArray(), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfTimeout(name, patience);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfConnection(name, ex);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>An empty queue is told with <c>null</c>, and with no body at all.</summary>
    private JsonElement? Parse(string name, MemoryStream answer)
    {
        var bytes = answer.GetBuffer().AsMemory(0, (int)answer.Length);
        if (bytes.Span.Trim(" \r\n\t"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind is JsonValueKind.Null ? null : document.RootElement.Clone();
        }
        catch (JsonException ex)
        {
            throw Failures.OfShape(name, "it is cut off or no JSON", ex);
        }
    }
}
