using System.Net;
using System.Text.Json;
using Xunit;

namespace Recollect.IntegrationTests.Server;

/// <summary>Listens to a run.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public static async Task<EventReader> OpenAsync(RunningServer server, string runId)
    {
        var response = await server.Client.GetAsync($"/api/v1/runs/{runId}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return new(response, new(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Reads the next event, or comment, whose name is empty then; null at the end of the stream.</summary>
    public async Task<(string Name, JsonElement Data)?> NextAsync()
    {
        if (await _lines.ReadLineAsync() is not { } first)
        {
            return null;
        }

        if (first.StartsWith(':'))
        {
            Assert.Equal(string.Empty, await _lines.ReadLineAsync());
            return (string.Empty, default);
        }

        var data = (await _lines.ReadLineAsync())!;
        Assert.Equal(string.Empty, await _lines.ReadLineAsync());
        Assert.StartsWith("event: ", first, StringComparison.Ordinal);
        Assert.StartsWith("data: ", data, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(data["data: ".Length..]);
        return (first["event: ".Length..], document.RootElement.Clone());
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
