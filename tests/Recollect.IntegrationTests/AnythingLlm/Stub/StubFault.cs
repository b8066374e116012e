using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Recollect.IntegrationTests.AnythingLlm.Stub;

/// <summary>What the stand-in does once instead of its duty.</summary>
internal sealed class StubFault
{
    private readonly Func<HttpContext, Task<bool>> _act;

    private StubFault(Func<HttpContext, Task<bool>> act) => _act = act;

    /// <summary>Never answers.</summary>
    public static StubFault Hang() => new(async context =>
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException) // the caller went away
        {
            context.Abort();
        }

        return true;
    });

    /// <summary>Breaks the connection.</summary>
    public static StubFault Break() => new(context =>
    {
        context.Abort();
        return Task.FromResult(true);
    });

    /// <summary>Promises more than it sends.</summary>
    public static StubFault Truncated(string body) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length + 1000;
        await context.Response.WriteAsync(body);
        return true; // the server sees that something is missing, and closes the connection
    });

    /// <summary>Promises more than fits into any memory, and sends nothing of it.</summary>
    public static StubFault Huge() => new(async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1L << 40;
        await context.Response.StartAsync();
        return true;
    });

    /// <summary>Answers with something else.</summary>
    public static StubFault Answer(int status, string body, string contentType = "text/plain", string? retryAfter = null, string? location = null) => new(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        if (location is not null)
        {
            context.Response.Headers.Location = location;
        }

        await context.Response.WriteAsync(body);
        return true;
    });

    /// <summary>Answers 200 with JSON of one's own.</summary>
    public static StubFault Json(string body) => Answer(200, body, "application/json");

    /// <summary>Answers 200 with bytes that are called JSON.</summary>
    public static StubFault Bytes(byte[] body) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(body);
        return true;
    });

    /// <summary>Answers as the server does when its database fails.</summary>
    public static StubFault Empty(bool hasPages) => Json(string.Create(CultureInfo.InvariantCulture, $"{{\"chats\":[],\"hasPages\":{(hasPages ? "true" : "false")}}}"));

    /// <summary>Lets something happen, then answers rightly.</summary>
    public static StubFault First(Action action) => new(_ =>
    {
        action();
        return Task.FromResult(false);
    });

    /// <summary>Answers rightly, but only once something has happened.</summary>
    public static StubFault Until(Func<Task> happens) => new(async _ =>
    {
        await happens();
        return false;
    });

    /// <summary>Answers rightly.</summary>
    public static StubFault None() => First(static () => { });

    /// <summary>Acts, and says whether that was the answer.</summary>
    internal Task<bool> ActAsync(HttpContext context) => _act(context);
}
