using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Overview;

/// <summary>What is stored, and how the last runs went.</summary>
internal static class OverviewEndpoints
{
    public static void MapOverview(this IEndpointRouteBuilder pages) => pages.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, StatusCache cache, IMemoryStore store, CancellationToken cancellationToken)
    {
        var caller = context.GetCaller();
        if (!caller.MayAdminister)
        {
            return Page.Of<WelcomePage, string>(context, caller.Tenant);
        }

        var (status, bot, age) = await cache.GetAsync(cancellationToken);
        var growth = store is IMemoryGrowth calendar ? await Growth.ReadAsync(calendar, Viewer.Of(context).Zone, cancellationToken) : null;
        var users = status.Store.LargestUsers.Where(user => string.Equals(user.Tenant, caller.Tenant, StringComparison.Ordinal));
        return Page.Of<OverviewPage, OverviewModel>(context, new(status, age, [.. users], growth, bot));
    }
}
