using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Recollect.Text;

namespace Recollect.Connectors.AnythingLlm;

/// <summary>Makes single calls of AnythingLLM's developer API. What fails is an <see cref="ApiException"/>.</summary>
/// <param name="options">Where it is and how long it may take.</param>
/// <param name="time">Times the calls.</param>
internal sealed class AnythingLlmApi(AnythingLlmOptions options, TimeProvider time) : IDisposable
{
    private const long LargestAnswer = 256L * 1024 * 1024;

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly string _base = options.Url.TrimEnd('/');

    /// <summary>Gets what describes failures.</summary>
    public ApiFailures Failures { get; } = new(options.Url.TrimEnd('/'));

    /// <summary>Reads one page of the chats of all workspaces, newest first.</summary>
    /// <param name="offset">The index of the page.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public ValueTask<ChatPage> ReadPageAsync(int offset, CancellationToken cancellationToken)
    {
        const string Route = "v1/admin/workspace-chats";
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"offset\":{offset}}}"); // a number: with text, the server counts pages wrongly
        return CallAsync(HttpMethod.Post, Route, Route, body, (answer, call) => ChatPageReader.Read(answer, offset, time.GetUtcNow(), call, Failures), cancellationToken);
    }

    /// <summary>Tells whether the key is accepted.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public ValueTask<bool> AuthenticateAsync(CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Get,
        "v1/auth",
        "v1/auth",
        body: null,
        static (answer, _) => answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty("authenticated", out var authenticated) && authenticated.ValueKind is JsonValueKind.True,
        cancellationToken);

    /// <summary>Gets the short names of all workspaces.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public ValueTask<string[]> ReadWorkspacesAsync(CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Get,
        "v1/workspaces",
        "v1/workspaces",
        body: null,
        static (answer, _) => ItemsOf(answer, "workspaces")
            .Select(workspace => workspace.ValueKind is JsonValueKind.Object && workspace.TryGetProperty("slug", out var slug) && slug.ValueKind is JsonValueKind.String ? JsonText.Of(slug) : string.Empty)
            .Where(slug => slug.Length > 0)
            .ToArray(),
        cancellationToken);

    /// <summary>Tells whether a workspace has a chat in its default thread.</summary>
    /// <param name="workspace">The short name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public ValueTask<bool> HasHistoryAsync(string workspace, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Get,
        $"v1/workspace/{Uri.EscapeDataString(workspace)}/chats?limit=1",
        "v1/workspace/…/chats",
        body: null,
        static (answer, _) => ItemsOf(answer, "history").Any(),
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static JsonElement.ArrayEnumerator ItemsOf(JsonElement answer, string name) =>
        answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty(name, out var items) && items.ValueKind is JsonValueKind.Array ? items.EnumerateArray() : default;

    private async ValueTask<T> CallAsync<T>(
        HttpMethod method, string route, string shownRoute, string? body, Func<JsonElement, string, T> read, CancellationToken cancellationToken)
    {
        var call = $"{method} {shownRoute}";
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(method, $"{_base}/{route}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw Failures.OfStatus(answer, call, time.GetUtcNow());
            }

            using var document = await ParseAsync(answer, call, either.Token);
            return Read(document.RootElement, call, read);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfTimeout(call, options.Timeout);
        }
        catch (HttpRequestException ex)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfConnection(ex);
        }
    }

    private T Read<T>(JsonElement answer, string call, Func<JsonElement, string, T> read)
    {
        try
        {
            return read(answer, call);
        }
        catch (InvalidOperationException) // a field's name with half of a surrogate pair, which the parser finds out late
        {
            throw Failures.OfShape(call, "the name of a field is no text");
        }
    }

    private async ValueTask<JsonDocument> ParseAsync(HttpResponseMessage answer, string call, CancellationToken cancellationToken)
    {
        if (ApiFailures.IsWebPage(answer))
        {
            throw Failures.OfWebPage(call);
        }

        await using var content = new BoundedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), LargestAnswer, () => Failures.OfLargeAnswer(call, LargestAnswer));
        try
        {
            return await JsonDocument.ParseAsync(content, ChatPageReader.Depth, cancellationToken);
        }
        catch (JsonException ex)
        {
            throw content.First is (byte)'<' ? Failures.OfWebPage(call) : Failures.OfBrokenAnswer(call, ex);
        }
        catch (Exception ex) when (ex is IOException or InvalidDataException) // the connection ended in the middle, or what was packed is broken
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfBrokenAnswer(call, ex);
        }
    }
}
