using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recollect.Conformance.Servers;

/// <summary>
/// A receiver of webhooks on this machine. It honours idempotency keys: what it took once it takes again with the same
/// reply, and counts the repetition. A script may answer something else first.
/// </summary>
[SuppressMessage("Design", "CA1054", Justification = "Options hold addresses as text")]
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<WebhookCall> _calls = new();
    private int _repeated;

    private WebhookReceiver(WebApplication application) => _application = application;

    /// <summary>Gets the address to post to.</summary>
    public string Url => _application.Urls.First() + "/hook";

    /// <summary>Gets every call, in order of arrival.</summary>
    public IReadOnlyCollection<WebhookCall> Calls => _calls;

    /// <summary>Gets what was taken, by key.</summary>
    public ConcurrentDictionary<string, WebhookCall> Accepted { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets how often a key came again that was already taken.</summary>
    public int Repeated => _repeated;

    /// <summary>Gets or sets what answers first; null for a call: the receiver takes it.</summary>
    public Func<WebhookCall, WebhookAnswer?> Script { get; set; } = static _ => null;

    /// <summary>Gets or sets what it answers to a call that it takes.</summary>
    public Func<WebhookCall, WebhookAnswer> Reply { get; set; } = static call => WebhookAnswer.Summary($"Summary of {call.Key}.");

    /// <summary>Starts a receiver on a free port.</summary>
    public static async Task<WebhookReceiver> StartAsync()
    {
        var application = LocalServer.Build();
        var receiver = new WebhookReceiver(application);
        application.Run(receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
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
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var call = new WebhookCall(context.Request.Method, context.Request.Path, headers.GetValueOrDefault("Idempotency-Key", string.Empty), headers, body.ToArray());
        _calls.Enqueue(call);
        await (Script(call) ?? Accept(call)).SendAsync(context);
    }

    private WebhookAnswer Accept(WebhookCall call)
    {
        if (call.Method is "POST" && !Accepted.TryAdd(call.Key, call))
        {
            Interlocked.Increment(ref _repeated);
        }

        return call.Method is "POST" ? Reply(call) : WebhookAnswer.Of(204);
    }
}
