using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Recollect.Ingest.Sources;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Work;

namespace Recollect.Server.Reference;

/// <summary>Asks for memories: of all that need one, of one conversation, of one user.</summary>
internal static class TaskEndpoints
{
    private const string Clamp = "clamp";
    private const string Sync = "sync";
    private const string OnlyNeeding = "only_needing";
    private const string IncludeEmpty = "include_empty";

    public static void Map(IEndpointRouteBuilder routes, bool isDescribed)
    {
        Describe(routes.MapPost("/tasks/trigger-memory-generation", TriggerAsync), "TriggerMemoryGeneration", isDescribed, StatusCodes.Status202Accepted)
            .WithSummary("Puts all conversations on the queue that have gone quiet and have no up-to-date memory.")
            .WithDescription("clamp: how many at the most; -1, the default: all.");
        Describe(routes.MapPost("/tasks/trigger-memory-generation-sync", TriggerSyncAsync), "TriggerMemoryGenerationSync", isDescribed, StatusCodes.Status200OK)
            .WithSummary("Makes the memories of all conversations that have gone quiet and have no up-to-date one, and answers when they are made.")
            .WithDescription("clamp: how many at the most; -1, the default: all.");
        Describe(routes.MapPost("/tasks/generate-memory-for-conversation/{id}", ConversationAsync), "GenerateMemoryForConversation", isDescribed, StatusCodes.Status202Accepted)
            .WithSummary("Asks for the memory of one conversation, quiet or not.")
            .WithDescription("sync=true: the answer comes when it is made.");
        Describe(routes.MapPost("/tasks/generate-memories-for-user/{user}", UserAsync), "GenerateMemoriesForUser", isDescribed, StatusCodes.Status202Accepted)
            .WithSummary("Asks for the memories of a user's conversations, quiet or not.")
            .WithDescription("only_needing (default true): only where there is no up-to-date memory. include_empty is taken and changes nothing: there is nothing to remember of a conversation without messages. clamp and sync as elsewhere.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, bool isDescribed, int success)
    {
        route.WithTags("Reference").Produces<TaskMessageJson>(success).Produces<InvalidInputJson>(StatusCodes.Status422UnprocessableEntity)
            .Problems(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        return isDescribed ? route.WithName(name) : route.ExcludeFromDescription(); // the same with /api in front
    }

    private static async Task<IResult> TriggerAsync(HttpContext context, MemoryTrigger trigger, CancellationToken cancellationToken)
    {
        var fields = new ReferenceFields(context.Request);
        return Answer(await trigger.TriggerAsync(fields.Limit(Clamp), cancellationToken), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> TriggerSyncAsync(HttpContext context, MemoryTrigger trigger, CancellationToken cancellationToken)
    {
        var fields = new ReferenceFields(context.Request);
        return Answer(await trigger.TriggerAndMakeAsync(fields.Limit(Clamp), cancellationToken), StatusCodes.Status200OK);
    }

    private static async Task<IResult> ConversationAsync(string id, HttpContext context, MemoryTrigger trigger, CancellationToken cancellationToken)
    {
        var isSync = new ReferenceFields(context.Request).Flag(Sync, unlessGiven: false);
        var found = await FoundConversation.GetAsync(trigger.Listing, id, context.GetCaller(), cancellationToken);
        if (!isSync)
        {
            await trigger.EnqueueAsync([found], cancellationToken);
            return Answer(string.Create(CultureInfo.InvariantCulture, $"Task to generate memory has been queued for conversation {id}."), StatusCodes.Status202Accepted);
        }

        var made = await trigger.MakeAsync([found], cancellationToken);
        return made == 1
            ? Answer($"Memory has been generated for conversation {id}.", StatusCodes.Status202Accepted)
            : throw new ProblemException(StatusCodes.Status409Conflict, "A worker has this conversation in hand.");
    }

    private static async Task<IResult> UserAsync(string user, HttpContext context, MemoryTrigger trigger, CancellationToken cancellationToken)
    {
        var fields = new ReferenceFields(context.Request);
        var (limit, isSync, onlyNeeding) = (fields.Limit(Clamp), fields.Flag(Sync, unlessGiven: false), fields.Flag(OnlyNeeding, unlessGiven: true));
        fields.Flag(IncludeEmpty, unlessGiven: false);
        List<ListedConversation> found = [];
        await foreach (var conversation in trigger.Listing.ListOfUserAsync(user, cancellationToken))
        {
            if (context.GetCaller().MaySee(conversation.Thread.Owner))
            {
                found.Add(conversation);
            }
        }

        var eligible = onlyNeeding ? await trigger.NeedingAsync(found, cancellationToken) : found;
        ListedConversation[] taken = [.. eligible.Take(limit ?? int.MaxValue)];
        var done = isSync ? await trigger.MakeAsync(taken, cancellationToken) : await trigger.EnqueueAsync(taken, cancellationToken);
        return Answer(new TriggerResult(done, eligible.Count), StatusCodes.Status202Accepted);
    }

    private static JsonHttpResult<TaskMessageJson> Answer(TriggerResult result, int status) => Answer(
        result.Eligible == 0
            ? "No conversations found that require memory generation."
            : string.Create(CultureInfo.InvariantCulture, $"Task to generate memories has been queued for {result.Queued} conversations (out of {result.Eligible} total eligible)."),
        status);

    private static JsonHttpResult<TaskMessageJson> Answer(string message, int status) => TypedResults.Json(new(message), ApiJson.Readable.TaskMessageJson, statusCode: status);
}
