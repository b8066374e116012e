using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Recollect.Server.Access;
using Recollect.Server.Settings;

namespace Recollect.Server.Http;

/// <summary>Keeps web pages out that a browser on this machine shows: by the name that they were reached under, and by where they come from.</summary>
/// <remarks>Without keys, who reaches the port may ask. A page of elsewhere reaches it through its visitor's browser, also under a name of its own that it lets point here.</remarks>
internal sealed class OriginGuard(RequestDelegate next, Agents agents, IOptions<ServerOptions> options)
{
    /// <summary>Answers a request.</summary>
    /// <exception cref="ProblemException">It comes from elsewhere.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!agents.AreConfigured && !ListenAddress.IsLoopback(request.Host.Host))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The header Host must be localhost, 127.0.0.1 or [::1], with or without a port.");
        }

        if (request.Headers.Origin is { Count: > 0 } origin && !IsAllowed(origin.ToString(), request))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Pages of other origins may not ask this server; Server:AllowedOrigins names those that may.");
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private bool IsAllowed(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
        || options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
