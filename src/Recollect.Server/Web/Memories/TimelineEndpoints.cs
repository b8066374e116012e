using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Memories;

/// <summary>One user's memories, latest first.</summary>
internal static class TimelineEndpoints
{
    private const int PageSize = 25;

    public static void MapTimeline(this IEndpointRouteBuilder pages) => pages.MapGet("/memories", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var fields = OwnerFields.Read(context, out var owner, "after");
        if (owner is null)
        {
            return Page.Of<TimelinePage, TimelineModel>(context, new(null, [], null, IsFirst: true, MayForget: false));
        }

        var after = fields.Text("after") is { } cursor ? MemoryCursor.Read(cursor) : null;
        await store.InitializeAsync(cancellationToken);
        var found = await store.ListAsync(owner.Visibility, after, PageSize + 1, cancellationToken); // one more tells whether there is a next page
        var next = found.Count > PageSize ? MemoryCursor.Write(found[PageSize - 1].Place) : null;
        return Page.Of<TimelinePage, TimelineModel>(context, new(owner, [.. found.Take(PageSize)], next, after is null, context.GetCaller().MayForget));
    }
}
