using System.Text;
using Microsoft.AspNetCore.Http;

namespace Recollect.Conformance.Servers;

/// <summary>What a receiver answers to one call.</summary>
/// <param name="Status">The status; 0 cuts the connection, -1 never answers.</param>
/// <param name="Body">The body.</param>
public sealed record WebhookAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The connection is cut before anything is answered.</summary>
    public static readonly WebhookAnswer Cut = new(0, ReadOnlyMemory<byte>.Empty);

    /// <summary>Nothing is answered until the caller gives up.</summary>
    public static readonly WebhookAnswer Silence = new(-1, ReadOnlyMemory<byte>.Empty);

    /// <summary>Gets headers of the answer.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Answers a text.</summary>
    public static WebhookAnswer Of(int status, string body = "") => new(status, Encoding.UTF8.GetBytes(body));

    /// <summary>Sends it.</summary>
    /// <param name="context">The request.</param>
    public async Task SendAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Status == 0)
        {
            context.Abort();
            return;
        }

        if (Status < 0)
        {
            await LocalServer.KeepSilentAsync(context);
            return;
        }

        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (Status is not (204 or 304))
        {
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        }
    }

    /// <summary>Answers a summary as the receiver of the recipe does.</summary>
    public static WebhookAnswer Summary(string memory) =>
        Of(200, $$"""{"Memory":{{System.Text.Json.JsonSerializer.Serialize(memory)}},"Status":"true"}""");
}
