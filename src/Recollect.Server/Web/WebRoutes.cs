using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Recollect.Server.Web.Export;
using Recollect.Server.Web.Forget;
using Recollect.Server.Web.Health;
using Recollect.Server.Web.Layout;
using Recollect.Server.Web.Memories;
using Recollect.Server.Web.Memory;
using Recollect.Server.Web.Overview;
using Recollect.Server.Web.Runs;
using Recollect.Server.Web.Search;
using Recollect.Server.Web.Sessions;
using Recollect.Server.Web.SignIn;
using Recollect.Server.Web.Users;

namespace Recollect.Server.Web;

/// <summary>The pages. Each has a folder of its own, with its route and what it shows.</summary>
internal static class WebRoutes
{
    /// <summary>Maps all pages. None is part of the API, and none is described with it.</summary>
    public static void MapWeb(this IEndpointRouteBuilder routes)
    {
        var open = Group(routes, new WebPage(IsOpen: true));
        open.MapFiles();
        open.MapSignIn();
        var pages = Group(routes, new WebPage());
        pages.MapOverview();
        pages.MapUserPages();
        pages.MapTimeline();
        pages.MapMemory();
        pages.MapFacts();
        pages.MapSearch();
        pages.MapForget();
        pages.MapForgetMemory();
        pages.MapExport();
        pages.MapRunPages();
        pages.MapSessionPages();
        pages.MapHealthPage();
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, WebPage page)
    {
        var group = routes.MapGroup(string.Empty);
        group.WithMetadata(page, new ExcludeFromDescriptionAttribute());
        return group;
    }
}
