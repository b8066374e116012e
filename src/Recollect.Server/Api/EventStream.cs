using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Api;

/// <summary>Writes server-sent events, each at once.</summary>
internal sealed class EventStream
{
    /// <summary>The type of the answer.</summary>
    public const string ContentType = "text/event-stream";

    private static readonly byte[] Beat = ": alive\n\n"u8.ToArray();

    private readonly HttpResponse _response;

    /// <summary>Begins the answer.</summary>
    public EventStream(HttpResponse response)
    {
        _response = response;
        response.ContentType = ContentType;
        response.Headers["X-Accel-Buffering"] = "no"; // a proxy in front passes each event on at once, too
    }

    /// <summary>Writes an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">What it tells.</param>
    /// <param name="type">How that is written.</param>
    /// <param name="cancellationToken">Stops it, because nobody listens any more.</param>
    public Task SendAsync<T>(string name, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {JsonSerializer.Serialize(data, type)}\n\n"), cancellationToken); // JSON has no line breaks of its own

    /// <summary>Writes a comment, so that neither side, nor a proxy between them, takes the connection for dead.</summary>
    public Task BeatAsync(CancellationToken cancellationToken) => WriteAsync(Beat, cancellationToken);

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _response.Body.WriteAsync(bytes, cancellationToken);
        await _response.Body.FlushAsync(cancellationToken);
    }
}
