using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Health;
using Recollect.Server.Access;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Overview;

/// <summary>What is stored, and how the last runs went.</summary>
internal static class OverviewEndpoints
{
    public static void MapOverview(this IEndpointRouteBuilder pages) => pages.MapGet("/", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, StatusCache status, BotStatusReader bot, CancellationToken cancellationToken) =>
        context.GetCaller().MayAdminister
            ? Page.Of<OverviewPage, OverviewModel>(context, new(await status.GetAsync(cancellationToken), await bot.ReadAsync(cancellationToken)))
            : Page.Of<WelcomePage, string>(context, context.GetCaller().Tenant);
}
