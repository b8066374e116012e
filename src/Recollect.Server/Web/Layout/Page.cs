using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Recollect.Server.Web.Layout;

/// <summary>Answers with pages.</summary>
internal static class Page
{
    /// <summary>What a page may load: its own stylesheet and script, and nothing of anybody else.</summary>
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Makes the answer.</summary>
    /// <typeparam name="TPage">The page.</typeparam>
    /// <typeparam name="TModel">What it shows.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="model">What it shows.</param>
    /// <param name="status">The status of HTTP.</param>
    public static RazorComponentResult<TPage> Of<TPage, TModel>(HttpContext context, TModel model, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Viewer"] = Viewer.Of(context), ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true };
    }
}
