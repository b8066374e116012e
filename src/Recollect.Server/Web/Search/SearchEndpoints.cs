using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Search;

/// <summary>Asks memory, as programs do.</summary>
internal static class SearchEndpoints
{
    private const int Top = 20;

    public static void MapSearch(this IEndpointRouteBuilder pages) => pages.MapGet("/search", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, IMemoryStore store, RecallEngine engine, CancellationToken cancellationToken)
    {
        var question = OwnerFields.Read(context, out var owner, "query").Text("query");
        if (owner is null || string.IsNullOrWhiteSpace(question))
        {
            return Page.Of<SearchPage, SearchModel>(context, new(owner, null, []));
        }

        await store.InitializeAsync(cancellationToken);
        var found = await engine.RecallAsync(new() { Owner = owner, Text = question, Top = Top }, cancellationToken);
        return Page.Of<SearchPage, SearchModel>(context, new(owner, question, found));
    }
}
