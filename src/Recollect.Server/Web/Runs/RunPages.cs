using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Runs;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Server.Runs;
using Recollect.Server.Web.Layout;
using Recollect.State;

namespace Recollect.Server.Web.Runs;

/// <summary>The last runs, one of them with what became of each conversation, and what waits to be tried again.</summary>
internal static class RunPages
{
    private const int Top = 50;
    private const int MostEntries = 500;

    public static void MapRunPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/runs", ListAsync);
        pages.MapGet("/runs/{id}", ShowAsync);
        pages.MapGet("/runs/{id}/events", static (string id, HttpContext context, RunEvents events, CancellationToken cancellationToken) => events.SendAsync(id, context, cancellationToken));
        pages.MapPost("/runs/retry", RetryAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IStateStore state, CancellationToken cancellationToken)
    {
        await state.InitializeAsync(cancellationToken);
        var caller = context.GetCaller();
        var pending = (await state.Pending.ListAsync(source: null, cancellationToken)).Where(one => one.Status != PendingStatus.Open && string.Equals(one.Tenant, caller.Tenant, StringComparison.Ordinal));
        return Page.Of<RunsPage, RunsModel>(context, new(await state.Runs.ListAsync(Top, cancellationToken), [.. pending], caller.MayAdminister));
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, IStateStore state, BackgroundRuns runs, CancellationToken cancellationToken)
    {
        await state.InitializeAsync(cancellationToken);
        var run = await RunEndpoints.FindAsync(state, id, cancellationToken);
        var entries = (await state.Runs.GetEntriesAsync(run.Id, cancellationToken)).Where(entry => string.Equals(entry.Tenant, context.GetCaller().Tenant, StringComparison.Ordinal)).ToArray();
        return Page.Of<RunPage, RunModel>(context, new(run, [.. entries.Take(MostEntries)], entries.Length, runs.Find(id)?.Ledger is { } ledger ? RunProgress.Of(ledger) : null));
    }

    private static async Task<IResult> RetryAsync(HttpContext context, BackgroundRuns runs, IAntiforgery antiforgery)
    {
        await WebForms.CheckAsync(antiforgery, context);
        if (!context.GetCaller().MayAdminister)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Trying parked conversations again needs an agent with \"MayAdminister\": true.");
        }

        return TypedResults.LocalRedirect($"/runs/{await runs.StartAsync(new() { Mode = RunMode.Retry })}");
    }
}
