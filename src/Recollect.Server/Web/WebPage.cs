using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Web;

/// <summary>Marks a route that people open in a browser: who asks is known by a cookie, and failures are pages.</summary>
/// <param name="IsOpen">Whether it is shown before anybody has signed in.</param>
internal sealed record WebPage(bool IsOpen = false)
{
    private static readonly PathString[] Programs = ["/api", "/mcp", "/openapi", "/health"]; // which ask for no page, whatever they accept
    private static readonly WebPage Unknown = new();

    /// <summary>Gets the page that is asked for: that of the route, or, where a browser asks for an address that there is not, one that nobody has; null where a program asks.</summary>
    public static WebPage? Of(HttpContext context) => context.GetEndpoint() is { } endpoint ? endpoint.Metadata.GetMetadata<WebPage>() : IsOfBrowser(context.Request) ? Unknown : null;

    private static bool IsOfBrowser(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) && !Array.Exists(Programs, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
