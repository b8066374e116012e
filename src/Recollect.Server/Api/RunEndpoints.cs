using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Runs;
using Recollect.Server.Access;
using Recollect.Server.Http;
using Recollect.Server.Runs;
using Recollect.State;

namespace Recollect.Server.Api;

/// <summary>Runs: what they did, and starting one.</summary>
internal static class RunEndpoints
{
    private const int DefaultTop = 20;
    private const int MaxTop = 1_000;
    private const int LongestJournal = 10_000; // 27 years of nights

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs", ListAsync)
            .WithName("Runs").WithSummary("Lists the last runs, newest first.").WithDescription("A run without a report is under way, or its process died.")
            .Produces<RunsJson>().AddOpenApiOperationTransformer(ApiDescription.QueryOfAsync<RunsRequestJson>)
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/runs/{id}", GetAsync)
            .WithName("Run").WithSummary("Shows a run, with the conversations that were made or failed in it.")
            .Produces<RunWithEntriesJson>().Problems(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/runs/{id}/events", (string id, HttpContext context, RunEvents events, CancellationToken cancellationToken) => events.SendAsync(id, context, cancellationToken))
            .WithName("RunEvents").WithSummary("Tells how a run gets on, as server-sent events, until it has ended.")
            .WithDescription("\"progress\" comes at the start and then, while something changes, once a second; \"ended\" is the last event and shows the run as /api/v1/runs lists it. A run that has ended gives that one at once. A run of another process cannot be listened to (409).")
            .Produces<RunProgressJson>(StatusCodes.Status200OK, EventStream.ContentType).AddOpenApiOperationTransformer(ApiDescription.AnswerIsAlsoAsync<RunJson>)
            .Problems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        api.MapPost("/runs", StartAsync)
            .WithName("StartRun").WithSummary("Starts a run in the background.").WithDescription("The answer says where to see how it gets on. There is one run at a time.")
            .Accepts<RunRequestJson>("application/json").Produces<RunStartedJson>(StatusCodes.Status202Accepted)
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Finds a run in the journal.</summary>
    /// <exception cref="ProblemException">There is none of this id.</exception>
    public static async ValueTask<RunRecord> FindAsync(IStateStore state, string id, CancellationToken cancellationToken) =>
        (await state.Runs.ListAsync(LongestJournal, cancellationToken)).FirstOrDefault(run => string.Equals(run.Id, id, StringComparison.Ordinal))
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "There is no run of this id; /api/v1/runs lists them.");

    private static async Task<IResult> ListAsync(HttpContext context, IStateStore state, CancellationToken cancellationToken)
    {
        var top = new QueryFields(context.Request, "top").Number<int>("top") ?? DefaultTop;
        if (top is < 1 or > MaxTop)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The field top must be between 1 and {MaxTop}.");
        }

        await state.InitializeAsync(cancellationToken);
        var runs = await state.Runs.ListAsync(top, cancellationToken);
        return TypedResults.Json(new([.. runs.Select(RunJson.From)]), ApiJson.Readable.RunsJson);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, IStateStore state, CancellationToken cancellationToken)
    {
        await state.InitializeAsync(cancellationToken);
        var run = await FindAsync(state, id, cancellationToken);
        var entries = await state.Runs.GetEntriesAsync(run.Id, cancellationToken);
        var visible = entries.Where(entry => string.Equals(entry.Tenant, context.GetCaller().Tenant, StringComparison.Ordinal));
        return TypedResults.Json(new(RunJson.From(run), [.. visible.Select(RunEntryJson.From)]), ApiJson.Readable.RunWithEntriesJson);
    }

    private static async Task<IResult> StartAsync(HttpContext context, BackgroundRuns runs, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.RunRequestJson, cancellationToken);
        var mode = asked.Mode switch
        {
            "nightly" => RunMode.Nightly,
            "backfill" => RunMode.Backfill,
            "retry" => RunMode.Retry,
            _ => throw new ProblemException(StatusCodes.Status400BadRequest, "The field mode must be nightly, backfill or retry."),
        };
        var id = await runs.StartAsync(new() { Mode = mode });
        var place = $"/api/v1/runs/{id}";
        context.Response.Headers.Location = place;
        return TypedResults.Json(new(id, place), ApiJson.Readable.RunStartedJson, statusCode: StatusCodes.Status202Accepted);
    }
}
