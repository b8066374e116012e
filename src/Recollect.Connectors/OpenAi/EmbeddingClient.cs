using System.Net.Http.Headers;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Connectors.OpenAi;

/// <summary>Makes single requests for embeddings. What fails is a <see cref="RequestException"/>; nothing is tried again here.</summary>
/// <param name="options">Where the endpoint is and how long it may take.</param>
/// <param name="time">Times the requests.</param>
internal sealed class EmbeddingClient(OpenAiEmbeddingOptions options, TimeProvider time) : IDisposable
{
    private const int LongestError = 64 * 1024;
    private const int LongestCode = 64;

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly Uri _address = AddressOf(options.Endpoint);
    private readonly bool _sendsDimensions = options.SendDimensions is DimensionsField.Always
        || (options.SendDimensions is DimensionsField.Auto && ModelName(options.Model).StartsWith("text-embedding-3", StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets what describes failures.</summary>
    public EmbeddingFailures Failures { get; } = new(AddressOf(options.Endpoint).Authority, options);

    /// <summary>Gets the address without what may be secret in it.</summary>
    public Uri Server => new(_address.GetLeftPart(UriPartial.Authority));

    /// <summary>Asks for the vectors of texts.</summary>
    /// <param name="texts">The texts, within the endpoint's limits.</param>
    /// <param name="cancellationToken">Stops waiting; the server may have done the work all the same.</param>
    public async Task<EmbeddingReply> PostAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address);
            if (options.ApiKey.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            }

            request.Content = new ByteArrayContent(BodyOf(texts)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode
                ? await ReadAsync(answer, texts.Count, either.Token)
                : throw Failures.OfStatus(answer, await CodeAsync(answer, either.Token), time.GetUtcNow());
        }
        catch (OperationCanceledException ex) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfTimeout(ex);
        }
        catch (HttpRequestException ex)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfConnection(ex);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static Uri AddressOf(string endpoint)
    {
        var address = new UriBuilder(endpoint);
        address.Path = address.Path.TrimEnd('/') + "/embeddings";
        return address.Uri;
    }

    private static string ModelName(string model) => model[(model.LastIndexOf('/') + 1)..]; // a router puts the provider before it

    private byte[] BodyOf(IReadOnlyList<string> texts)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", options.Model);
            json.WriteStartArray("input");
            foreach (var text in texts)
            {
                json.WriteStringValue(WellFormedText.Of(text));
            }

            json.WriteEndArray();
            json.WriteString("encoding_format", "float");
            if (_sendsDimensions)
            {
                json.WriteNumber("dimensions", options.Dimensions);
            }

            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private async Task<EmbeddingReply> ReadAsync(HttpResponseMessage answer, int count, CancellationToken cancellationToken)
    {
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await new EmbeddingReplyReader(count, Failures).ReadAsync(content, cancellationToken);
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or IOException or InvalidDataException or HttpRequestException) // cut off, HTML, half a surrogate pair
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfBrokenAnswer(ex);
        }
    }

    /// <summary>Gets the server's word for an error. Its sentence is not read: it may repeat the key or a text.</summary>
    private static async Task<string> CodeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var body = new byte[LongestError];
            var length = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(body.AsMemory(0, length));
            var error = document.RootElement.GetProperty("error");
            return WordOf(error, "code") is { Length: > 0 } code ? code : WordOf(error, "type");
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or KeyNotFoundException or IOException or InvalidDataException or HttpRequestException) // no such word
        {
            return string.Empty;
        }
    }

    private static string WordOf(JsonElement error, string name) =>
        error.ValueKind is JsonValueKind.Object && error.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            && value.GetString() is { Length: <= LongestCode } word && word.All(c => char.IsAsciiLetterLower(c) || c is '_')
            ? word
            : string.Empty;
}
