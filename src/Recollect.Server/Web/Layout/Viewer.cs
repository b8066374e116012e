using Microsoft.AspNetCore.Http;
using Recollect.Server.Access;

namespace Recollect.Server.Web.Layout;

/// <summary>Who looks at a page, and where.</summary>
/// <param name="Name">The agent's name; null for one without a key.</param>
/// <param name="IsKnown">Whether it may look at anything.</param>
/// <param name="MayAdminister">Whether it may look at the whole installation.</param>
/// <param name="Zone">The zone of the times that are shown: that of the browser, and UTC until it has told.</param>
public sealed record Viewer(string? Name, bool IsKnown, bool MayAdminister, TimeZoneInfo Zone)
{
    private const string ZoneCookie = "recollect-zone";

    /// <summary>Gets the viewer of a request.</summary>
    public static Viewer Of(HttpContext context)
    {
        var caller = context.Features.Get<Caller>();
        return new(caller?.Name, caller is not null, caller is { MayAdminister: true }, ZoneOf(context.Request));
    }

    private static TimeZoneInfo ZoneOf(HttpRequest request) =>
        request.Cookies[ZoneCookie] is { Length: > 0 and <= 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
