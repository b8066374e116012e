using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Server.Api;
using Recollect.Server.Schedule;
using Recollect.Server.Web;

namespace Recollect.Server.Health;

/// <summary>Whether the process runs, and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Json(new("live"), ApiJson.Readable.LiveJson))
            .WithName("Live").WithSummary("Answers while the process runs.").Produces<LiveJson>();
        routes.MapGet("/health/ready", AnswerAsync)
            .WithName("Ready").WithSummary("Tells whether store and state answer, and when the next nightly run starts.")
            .Produces<ReadyJson>().Problems(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> AnswerAsync(Readiness readiness, FirstVisit visit, NightlySchedule schedule, CancellationToken cancellationToken)
    {
        await readiness.CheckAsync(cancellationToken);
        await visit.WaitAsync(cancellationToken);
        return TypedResults.Json(new("ready", readiness.Store, readiness.State, await schedule.NextRunAsync(cancellationToken)), ApiJson.Readable.ReadyJson);
    }
}
