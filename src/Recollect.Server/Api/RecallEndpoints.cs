using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Stores;
using Recollect.Recall;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Api;

/// <summary>Questions to memory.</summary>
internal static class RecallEndpoints
{
    private const string ByConversation = "conversation";
    private const string ByMessage = "message";

    private static readonly string[] Fields = ["query", "user", "scope", "tenant", "top", "min_similarity", "by"];

    public static void MapRecall(this IEndpointRouteBuilder api)
    {
        api.MapPost("/recall", async (HttpContext context, IMemoryStore store, RecallEngine engine, CancellationToken cancellationToken) =>
                await AnswerAsync(await JsonBody.ReadAsync(context.Request, ApiJson.Readable.RecallRequestJson, cancellationToken), context.GetCaller(), store, engine, cancellationToken))
            .WithName("Recall")
            .Accepts<RecallRequestJson>("application/json")
            .Describe(StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        api.MapGet("/recall", (HttpContext context, IMemoryStore store, RecallEngine engine, CancellationToken cancellationToken) =>
                AnswerAsync(FromQuery(context.Request), context.GetCaller(), store, engine, cancellationToken))
            .WithName("RecallByQuery")
            .AddOpenApiOperationTransformer(ApiDescription.QueryOfAsync<RecallRequestJson>)
            .Describe();
    }

    private static void Describe(this RouteHandlerBuilder route, params int[] more) => route
        .WithSummary("Finds what memory has on a question, with the messages that it rests on.")
        .WithDescription("Only what the user may see in the scope is searched. Conversations come as \"memories\"; with by=message messages come as \"messages\".")
        .Produces<RecalledMemoriesJson>()
        .AddOpenApiOperationTransformer(ApiDescription.AnswerIsAlsoAsync<RecalledMessagesJson>)
        .Problems([StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, .. more, StatusCodes.Status503ServiceUnavailable]);

    private static RecallRequestJson FromQuery(HttpRequest request)
    {
        var fields = new QueryFields(request, Fields);
        return new()
        {
            Query = fields.RequiredText("query"),
            User = fields.RequiredText("user"),
            Scope = fields.Text("scope"),
            Tenant = fields.Text("tenant"),
            Top = fields.Number<int>("top"),
            MinSimilarity = fields.Number<double>("min_similarity"),
            By = fields.Text("by"),
        };
    }

    private static async Task<IResult> AnswerAsync(RecallRequestJson asked, Caller caller, IMemoryStore store, RecallEngine engine, CancellationToken cancellationToken)
    {
        var query = Check(asked, caller);
        await store.InitializeAsync(cancellationToken);
        return string.Equals(asked.By, ByMessage, StringComparison.Ordinal)
            ? TypedResults.Json(RecalledMessagesJson.From(await engine.RecallMessagesAsync(query, cancellationToken)), ApiJson.Readable.RecalledMessagesJson)
            : TypedResults.Json(RecalledMemoriesJson.From(await engine.RecallAsync(query, cancellationToken)), ApiJson.Readable.RecalledMemoriesJson);
    }

    private static RecallQuery Check(RecallRequestJson asked, Caller caller)
    {
        if (asked.By is not (null or ByConversation or ByMessage))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The field by must be {ByConversation} or {ByMessage}.");
        }

        if (asked.Top is < 1 or > RecallQuery.MaxTop)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The field top must be between 1 and {RecallQuery.MaxTop}.");
        }

        if (asked.MinSimilarity is not (null or (>= -1 and <= 1)))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The field min_similarity must be between -1 and 1.");
        }

        var query = new RecallQuery { Owner = caller.OwnerFor(asked.User, asked.Tenant, asked.Scope), Text = asked.Query, MinSimilarity = asked.MinSimilarity };
        return asked.Top is { } top ? query with { Top = top } : query;
    }
}
