using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Recollect.Server.Access;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.SignIn;

/// <summary>Exchanges the key of an agent for a cookie, and takes it back.</summary>
internal static partial class SignInEndpoints
{
    /// <summary>The address of the form.</summary>
    public const string Path = "/signin";

    private const int LongestKey = 512;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, static (HttpContext context, Agents agents) => agents.AreConfigured ? (IResult)Form(context, problem: null, StatusCodes.Status200OK) : TypedResults.LocalRedirect("/"));
        routes.MapPost(Path, SignInAsync);
        routes.MapPost("/signout", SignOutAsync);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, Agents agents, WebSessions sessions, SignInAttempts attempts, IAntiforgery antiforgery, ILogger<WebSessions> logger, CancellationToken cancellationToken)
    {
        await WebForms.CheckAsync(antiforgery, context);
        if (!attempts.AreAllowed(context))
        {
            context.Response.Headers.RetryAfter = ((int)SignInAttempts.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Form(context, $"There were {SignInAttempts.Most} wrong keys from this address. Try again in {SignInAttempts.Window.TotalMinutes} minutes.", StatusCodes.Status429TooManyRequests);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var key = form["key"].ToString().Trim();
        if (key.Length is 0 or > LongestKey || agents.FindByKey(key) is not { } caller)
        {
            attempts.Count(context);
            LogRefused(logger);
            return Form(context, "The key is no agent's of this server.", StatusCodes.Status401Unauthorized);
        }

        sessions.Begin(context.Response, ApiKey.HashOf(key));
        LogSignedIn(logger, caller.Name!);
        return TypedResults.LocalRedirect(Next(form["next"].ToString()));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        await WebForms.CheckAsync(antiforgery, context);
        WebSessions.End(context.Response);
        return TypedResults.LocalRedirect(Path);
    }

    private static RazorComponentResult<SignInPage> Form(HttpContext context, string? problem, int status) =>
        Page.Of<SignInPage, SignInModel>(context, new(Next(context.Request.HasFormContentType ? context.Request.Form["next"].ToString() : context.Request.Query["next"].ToString()), problem), status);

    /// <summary>Where to go then: a place of this server, whatever was asked for.</summary>
    private static string Next(string asked) =>
        asked.StartsWith('/') && !asked.StartsWith("//", StringComparison.Ordinal) && !asked.StartsWith("/\\", StringComparison.Ordinal) && asked.All(static c => c is > ' ' and < (char)127) ? asked : "/";

    [LoggerMessage(28001, LogLevel.Information, "{Agent} signed in")]
    private static partial void LogSignedIn(ILogger logger, string agent);

    [LoggerMessage(28002, LogLevel.Warning, "A wrong key was given at sign-in")]
    private static partial void LogRefused(ILogger logger);
}
