using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Work;

namespace Recollect.Server.Work;

/// <summary>Conversations and their memories, for workers that reach nothing but the service.</summary>
internal static class WorkEndpoints
{
    public static void MapWork(this RouteGroupBuilder work)
    {
        work.AddEndpointFilter(CheckAsync);
        work.MapGet("/conversation", ConversationAsync).WithName("WorkConversation").WithSummary("Gets a conversation as its memory is made from it.")
            .Produces<WorkConversationJson>().WorkProblems(StatusCodes.Status404NotFound);
        work.MapPost("/headers", HeadersAsync).WithName("WorkHeaders").WithSummary("Tells what is stored of conversations, and what it was made from.")
            .Accepts<WorkHeadersRequestJson>("application/json").Produces<WorkHeadersJson>().WorkProblems();
        work.MapPost("/memories", StoreAsync).WithName("WorkMemory").WithSummary("Stores the memory that a worker made, in place of the one before.")
            .WithDescription("409: messages that it was made from have changed, or the worker keeps memories otherwise than the service.")
            .Accepts<WorkMemoryJson>("application/json").Produces<WorkStoredJson>().WorkProblems(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        work.MapPost("/memories/remove", RemoveAsync).WithName("WorkRemove").WithSummary("Removes memories that do not stand any more.")
            .Accepts<WorkRemoveJson>("application/json").Produces<WorkRemovedJson>().WorkProblems();
        LedgerEndpoints.Map(work);
    }

    /// <summary>Says which problems every route of the work answers with.</summary>
    public static RouteHandlerBuilder WorkProblems(this RouteHandlerBuilder route, params int[] more) => route.Problems(
        [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, .. more, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable]);

    private static ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = context.HttpContext.GetCaller();
        return caller.MayWork ? next(context) : throw new ProblemException(
            StatusCodes.Status403Forbidden, $"Agent {caller.Name} may not work; its entry of Server:Agents needs \"MayWork\": true (recollect key new --may-work).");
    }

    private static async Task<IResult> ConversationAsync(string id, HttpContext context, RemoteWork work, CancellationToken cancellationToken)
    {
        _ = new QueryFields(context.Request, "id"); // refuses others
        return id.Length > 0 && await work.FindAsync(id, cancellationToken) is { } found && context.GetCaller().MaySee(found.Owner)
            ? TypedResults.Json(WorkConversationJson.From(found), ApiJson.Readable.WorkConversationJson)
            : throw NoConversation();
    }

    private static async Task<IResult> HeadersAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.WorkHeadersRequestJson, cancellationToken);
        var caller = context.GetCaller();
        try
        {
            var keys = asked.Threads.Select(thread => thread.ToKey()).ToArray();
            if (keys.Any(key => !caller.MaySee(key.Owner)))
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, "A conversation belongs to a tenant or scope that the key may not see.");
            }

            await store.InitializeAsync(cancellationToken);
            var headers = await store.GetHeadersAsync(keys, cancellationToken);
            return TypedResults.Json(new([.. headers.Select(RemoteWork.AsWorkersCompare)]), ApiJson.Readable.WorkHeadersJson);
        }
        catch (ArgumentException)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The fields tenant, user and scope must not be empty.");
        }
    }

    private static async Task<IResult> StoreAsync(HttpContext context, MemoryTrigger trigger, RemoteWork work, CancellationToken cancellationToken)
    {
        var posted = await ReadAsync(context.Request, cancellationToken);
        if (!work.KeepsAlike(posted.Fingerprint.MadeBy))
        {
            throw new ProblemException(
                StatusCodes.Status409Conflict, "The worker keeps memories otherwise than this service; set Embedding and Stores:KeepText of the worker as they are here.");
        }

        if (await trigger.Listing.FindAsync([posted.ConversationId], cancellationToken) is not [var found] || !context.GetCaller().MaySee(found.Thread.Owner))
        {
            throw NoConversation();
        }

        try
        {
            var memory = await work.StoreAsync(posted.ConversationId, posted.ToWritten(), posted.Fingerprint, posted.Messages, cancellationToken) ?? throw NoConversation();
            return TypedResults.Json(new(memory.Id), ApiJson.Readable.WorkStoredJson);
        }
        catch (GenerationException ex) // a citation that does not hold
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, ex.Message);
        }
    }

    private static async ValueTask<WorkMemoryJson> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var posted = await JsonBody.ReadAsync(request, ApiJson.Readable.WorkMemoryJson, cancellationToken);
            return posted.Messages > 0 ? posted : throw new ProblemException(StatusCodes.Status400BadRequest, "The field messages must be at least 1.");
        }
        catch (ArgumentException) // of the fact itself
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "Each fact must cite a message.");
        }
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.WorkRemoveJson, cancellationToken);
        await store.InitializeAsync(cancellationToken);
        var caller = context.GetCaller();
        string[] own = [.. (await store.GetAsync(asked.Ids, cancellationToken)).Where(record => caller.MaySee(record.Memory.Owner)).Select(record => record.Memory.Id)];
        return TypedResults.Json(new(own.Length == 0 ? 0 : await store.DeleteAsync(own, cancellationToken)), ApiJson.Readable.WorkRemovedJson);
    }

    private static ProblemException NoConversation() => new(StatusCodes.Status404NotFound, "Conversation not found");
}
