using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Recollect.Ingest.Sources.Tables;
using Recollect.Text;

namespace Recollect.Connectors.Supabase;

/// <summary>Makes single calls of PostgREST. What fails is a <see cref="ApiException"/>.</summary>
/// <param name="options">Where it is and how long it may take.</param>
/// <param name="time">Times the calls.</param>
internal sealed class PostgrestApi(SupabaseOptions options, TimeProvider time) : IDisposable
{
    private const long LargestAnswer = 256L * 1024 * 1024;
    private const int Depth = 1024; // of JSON in a column

    private static readonly ProductInfoHeaderValue Program =
        new("recollect", typeof(PostgrestApi).Assembly.GetName().Version?.ToString(3)); // secret keys are refused from what looks like a browser

    private readonly HttpClient _http = HttpConnection.Create();
    private readonly string _base = $"{options.Url.TrimEnd('/')}/rest/v1";

    /// <summary>Gets what describes failures.</summary>
    public PostgrestFailures Failures { get; } = new(options.Url.TrimEnd('/'));

    /// <summary>Reads rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="counts">Whether the server is asked how many there are without the limit.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<TablePage> ReadAsync(TableName table, string query, bool counts, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = RequestOf(table, query, counts);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return new([]); // so a server says that nothing is there
            }

            if (!answer.IsSuccessStatusCode)
            {
                throw Failures.OfStatus(answer, await PostgrestError.ReadAsync(answer, either.Token), table, time.GetUtcNow());
            }

            return new(await ParseAsync(answer, either.Token), TotalOf(answer));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.OfTimeout(options.Timeout);
        }
        catch (HttpRequestException ex)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfConnection(ex);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Reads <c>0-14/378</c>, which names no unit as the header otherwise does; null where the server did not count (<c>0-14/*</c>).</summary>
    private static long? TotalOf(HttpResponseMessage answer) =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Range", out var values)
        && values.ToString() is var range
        && long.TryParse(range.AsSpan(range.IndexOf('/', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null;

    private HttpRequestMessage RequestOf(TableName table, string query, bool counts)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{_base}/{table.Name}?{query}");
        request.Headers.Add("apikey", options.Key);
        request.Headers.Authorization = SupabaseKey.IsToken(options.Key) ? new AuthenticationHeaderValue("Bearer", options.Key) : null;
        request.Headers.UserAgent.Add(Program);
        request.Headers.Accept.Add(new("application/json"));
        if (table.Schema is not null)
        {
            request.Headers.Add("Accept-Profile", table.Schema);
        }

        if (counts)
        {
            request.Headers.Add("Prefer", "count=exact");
        }

        return request;
    }

    private async ValueTask<JsonElement[]> ParseAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (PostgrestFailures.IsWebPage(answer))
        {
            throw Failures.OfWebPage();
        }

        await using var content = new BoundedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), LargestAnswer, () => Failures.OfLargeAnswer(LargestAnswer));
        try
        {
            using var document = await JsonDocument.ParseAsync(content, new() { MaxDepth = Depth }, cancellationToken);
            return document.RootElement.ValueKind is JsonValueKind.Array ? [.. document.RootElement.Clone().EnumerateArray()] : throw Failures.OfShape();
        }
        catch (JsonException ex)
        {
            throw content.First is (byte)'<' ? Failures.OfWebPage() : Failures.OfBrokenAnswer(ex);
        }
        catch (Exception ex) when (ex is IOException or InvalidDataException) // the connection ended in the middle, or what was packed is broken
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.OfBrokenAnswer(ex);
        }
    }
}
