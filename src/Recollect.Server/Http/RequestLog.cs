using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Recollect.Server.Http;

/// <summary>Logs one line a request: its route, never its path, query or body, which hold people's questions.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    private const string HealthPrefix = "/health";

    /// <summary>Answers a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
            var method = MethodOf(context.Request);
            var elapsedMs = (long)time.GetElapsedTime(start).TotalMilliseconds;
            var level = route.StartsWith(HealthPrefix, StringComparison.Ordinal) && context.Response.StatusCode < 400 ? LogLevel.Debug : LogLevel.Information;
            LogAnswered(logger, level, method, route, context.Response.StatusCode, elapsedMs);
        }
    }

    private static string MethodOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
        || HttpMethods.IsPut(request.Method) || HttpMethods.IsDelete(request.Method) || HttpMethods.IsPatch(request.Method)
            ? request.Method
            : "(other method)";

    [LoggerMessage(EventId = 20002, Message = "{Method} {Route} {Status} in {ElapsedMs} ms")]
    private static partial void LogAnswered(ILogger logger, LogLevel level, string method, string route, int status, long elapsedMs);
}
