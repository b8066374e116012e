using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recollect.Conformance.Servers;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Sqs;

/// <summary>Stands between a queue and the emulator, notes every call, and answers itself where its script says so.</summary>
internal sealed class SqsProxy : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _http = new();
    private readonly string _target;
    private readonly ConcurrentQueue<SqsCall> _calls = new();
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private SqsProxy(WebApplication application, string target) => (_application, _target) = (application, target);

    public string Url => _application.Urls.First();

    /// <summary>Gets or sets what answers first; null for a call: the emulator.</summary>
    public Func<SqsCall, SqsReply?> Script { get; set; } = static _ => null;

    public IReadOnlyList<SqsCall> Calls(string action) => [.. _calls.Where(call => string.Equals(call.Action, action, StringComparison.Ordinal))];

    public static async Task<SqsProxy> StartAsync(SqsServer server)
    {
        var application = LocalServer.Build();
        var proxy = new SqsProxy(application, server.Url);
        application.Run(proxy.TakeAsync);
        await application.StartAsync();
        return proxy;
    }

    /// <summary>Waits until an action was called that often.</summary>
    public async Task SeeAsync(string action, int times)
    {
        while (Calls(action).Count < times)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        var action = context.Request.Headers["X-Amz-Target"].ToString()["AmazonSQS.".Length..];
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var call = new SqsCall(action, _numbers.AddOrUpdate(action, 1, static (_, number) => number + 1), headers, body);
        _calls.Enqueue(call);
        var reply = Script(call);
        if (reply is null or { Status: 0 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = new StringContent(body.GetRawText(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-amz-json-1.0")) };
            request.Headers.Add("X-Amz-Target", $"AmazonSQS.{action}");
            using var answer = await _http.SendAsync(request, context.RequestAborted);
            reply ??= new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(context.RequestAborted));
        }

        await AnswerAsync(context, reply);
    }

    private static async Task AnswerAsync(HttpContext context, SqsReply reply)
    {
        if (reply.Status == 0)
        {
            context.Abort();
            return;
        }

        if (reply.Status < 0)
        {
            await LocalServer.KeepSilentAsync(context);
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        if (reply.Date is { } date)
        {
            context.Response.Headers.Date = date.ToString("R", CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }
}
