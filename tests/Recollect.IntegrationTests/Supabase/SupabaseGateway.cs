using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recollect.Conformance.Servers;

namespace Recollect.IntegrationTests.Supabase;

/// <summary>What stands before PostgREST in Supabase: it serves <c>/rest/v1</c> to those with a key. A script may answer instead.</summary>
internal sealed class SupabaseGateway : IAsyncDisposable
{
    public const string Key = "sb_secret_of_the_tests";

    private readonly WebApplication _application;
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<GatewayCall> _calls = new();
    private readonly Uri? _target;

    private SupabaseGateway(WebApplication application, Uri? target) => (_application, _target) = (application, target);

    public string Url => _application.Urls.First();

    public IReadOnlyCollection<GatewayCall> Calls => _calls;

    /// <summary>Gets or sets what answers first; null for a call: it is passed on.</summary>
    public Func<GatewayCall, WebhookAnswer?> Script { get; set; } = static _ => null;

    public static async Task<SupabaseGateway> StartAsync(Uri? target)
    {
        var application = LocalServer.Build();
        var gateway = new SupabaseGateway(application, target);
        application.Run(gateway.TakeAsync);
        await application.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var call = new GatewayCall(context.Request.Path, context.Request.QueryString.Value ?? string.Empty, headers);
        _calls.Enqueue(call);
        if (Script(call) is { } scripted)
        {
            await AnswerAsync(context, scripted);
        }
        else if (!headers.TryGetValue("apikey", out var key))
        {
            await AnswerAsync(context, WebhookAnswer.Of(401, """{"message":"No API key found in request","hint":"No `apikey` request header or url param was found."}"""));
        }
        else if (!string.Equals(key, Key, StringComparison.Ordinal) && !key.StartsWith("eyJ", StringComparison.Ordinal))
        {
            await AnswerAsync(context, WebhookAnswer.Of(401, """{"message":"Invalid API key","hint":"Double check your Supabase `anon` or `service_role` API key."}"""));
        }
        else if (_target is null || !call.Path.StartsWith("/rest/v1/", StringComparison.Ordinal))
        {
            await AnswerAsync(context, WebhookAnswer.Of(404, """{"message":"no Route matched with those values"}"""));
        }
        else
        {
            await PassOnAsync(context, new Uri(_target, call.Path["/rest/v1".Length..] + call.Query));
        }
    }

    private async Task PassOnAsync(HttpContext context, Uri target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (var name in new[] { "Authorization", "Prefer", "Accept", "Accept-Profile" })
        {
            if (context.Request.Headers.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, (string?)value);
            }
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Content.Headers.TryGetValues("Content-Range", out var ranges))
        {
            context.Response.Headers.ContentRange = ranges.First();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, WebhookAnswer answer)
    {
        if (answer.Status == WebhookAnswer.Cut.Status)
        {
            context.Abort();
            return;
        }

        if (answer.Status == WebhookAnswer.Silence.Status)
        {
            await LocalServer.KeepSilentAsync(context);
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
