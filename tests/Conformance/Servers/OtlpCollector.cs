using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recollect.Conformance.Servers;

/// <summary>An OpenTelemetry collector on this machine that keeps what it is sent over HTTP.</summary>
[SuppressMessage("Design", "CA1054", Justification = "Options hold addresses as text")]
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<OtlpCall> _calls = new();

    private OtlpCollector(WebApplication application) => _application = application;

    /// <summary>Gets the base address.</summary>
    public string Url => _application.Urls.First();

    /// <summary>Gets or sets the status that it answers with; 0: it does not answer.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Gets everything it was sent, in order of arrival.</summary>
    public IReadOnlyCollection<OtlpCall> Calls => _calls;

    /// <summary>Gets the text of everything that was sent to a route.</summary>
    public string TextOf(string path) => string.Concat(_calls.Where(call => string.Equals(call.Path, path, StringComparison.Ordinal)).Select(call => call.Text));

    /// <summary>Starts a collector on a free port.</summary>
    public static async Task<OtlpCollector> StartAsync()
    {
        var application = LocalServer.Build();
        var collector = new OtlpCollector(application);
        application.Run(collector.TakeAsync);
        await application.StartAsync();
        return collector;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _calls.Enqueue(new(context.Request.Path, context.Request.ContentType ?? string.Empty, context.Request.Headers.Authorization.ToString(), body.ToArray()));
        if (Status == 0)
        {
            await LocalServer.KeepSilentAsync(context);
            return;
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/x-protobuf"; // an empty body says that all was taken
    }
}
