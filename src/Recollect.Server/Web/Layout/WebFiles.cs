using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Recollect.Server.Web.Layout;

/// <summary>The stylesheet and the script, which are part of the program. Their addresses change with their content, so that browsers may keep them.</summary>
internal static class WebFiles
{
    private static readonly (byte[] Content, string Url) Style = Read("style.css");
    private static readonly (byte[] Content, string Url) Script = Read("page.js");

    /// <summary>Gets the address of the stylesheet.</summary>
    public static string StyleUrl => Style.Url;

    /// <summary>Gets the address of the script.</summary>
    public static string ScriptUrl => Script.Url;

    /// <summary>Maps both.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/web/style.css", static (HttpContext context) => Send(context, Style.Content, "text/css; charset=utf-8"));
        routes.MapGet("/web/page.js", static (HttpContext context) => Send(context, Script.Content, "text/javascript; charset=utf-8"));
    }

    private static FileContentHttpResult Send(HttpContext context, byte[] content, string type)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(content, type);
    }

    private static (byte[] Content, string Url) Read(string name)
    {
        using var stream = typeof(WebFiles).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return (content.ToArray(), $"/web/{name}?v={Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))[..16]}");
    }
}
