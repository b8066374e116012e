using System.Globalization;
using Microsoft.AspNetCore.Http;
using Recollect.Server.Access;
using Recollect.Server.Web;
using Recollect.Server.Web.SignIn;

namespace Recollect.Server.Http;

/// <summary>Finds out who asks, by the key where there are any, on a page by the cookie that a key was exchanged for, and holds each to its rate.</summary>
internal sealed class KeyGuard(RequestDelegate next, Agents agents, RequestRates rates, WebSessions sessions)
{
    private const string KeyHeader = "X-Api-Key";
    private const string BearerScheme = "Bearer ";
    private const string LivePath = "/health/live";
    private const string HealthPath = "/health";
    private const string WorkPath = "/api/v1/work"; // as fast as the model of a worker

    /// <summary>Answers a request.</summary>
    /// <exception cref="ProblemException">The key is missing or nobody's, or there were too many requests.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (WebPage.Of(context) is { } page)
        {
            return AnswerPageAsync(context, page);
        }

        if (!string.Equals(path.Value?.TrimEnd('/'), LivePath, StringComparison.OrdinalIgnoreCase))
        {
            var caller = agents.AreConfigured ? Identify(context.Request) : Caller.WithoutKey;
            if (!path.StartsWithSegments(HealthPath, StringComparison.OrdinalIgnoreCase) && !(caller.MayWork && path.StartsWithSegments(WorkPath, StringComparison.OrdinalIgnoreCase)))
            {
                Count(caller);
            }

            context.SetCaller(caller);
        }

        return next(context);
    }

    /// <summary>Answers with a page, or sends who has not signed in to where they do.</summary>
    private Task AnswerPageAsync(HttpContext context, WebPage page)
    {
        if ((agents.AreConfigured ? sessions.Find(context.Request) : Caller.WithoutKey) is { } caller)
        {
            if (!page.IsOpen) // the stylesheet and the script come with every page
            {
                Count(caller);
            }

            context.SetCaller(caller);
        }
        else if (!page.IsOpen)
        {
            context.Response.Redirect($"{SignInEndpoints.Path}?next={Uri.EscapeDataString(HttpMethods.IsGet(context.Request.Method) ? context.Request.PathBase + context.Request.Path + context.Request.QueryString : "/")}");
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) ? authorization[BearerScheme.Length..].Trim()
            : authorization.Length == 0 && request.Headers[KeyHeader].ToString() is { Length: > 0 } key ? key.Trim()
            : null;
    }

    private static ProblemException Unknown(string detail) =>
        new(StatusCodes.Status401Unauthorized, detail) { Header = new("WWW-Authenticate", "Bearer realm=\"recollect\"") };

    private Caller Identify(HttpRequest request)
    {
        var key = KeyOf(request) ?? throw Unknown($"This server needs a key: send it as \"Authorization: Bearer KEY\" or in the header {KeyHeader}.");
        return agents.FindByKey(key) ?? throw Unknown("The key is no agent's of this server.");
    }

    private void Count(Caller caller)
    {
        if (rates.Count(caller) is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            throw new ProblemException(StatusCodes.Status429TooManyRequests, $"There were too many requests within a minute (Server:RequestsPerMinute); wait {seconds} s.") { Header = new("Retry-After", seconds) };
        }
    }
}
