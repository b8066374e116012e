using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Work;

namespace Recollect.Server.Reference;

/// <summary>Memories by conversation, and the messages that they are made of.</summary>
internal static class MemoryEndpoints
{
    private const string NoMemory = "Memory not found for conversation";

    public static void Map(IEndpointRouteBuilder routes, bool isDescribed)
    {
        Describe(routes.MapPost("/memories", PostAsync), "PostMemory", isDescribed)
            .Accepts<PostedMemoryJson>("application/json").Produces<ReferenceMemoryJson>()
            .WithSummary("Stores the memory of a conversation in place of the one before; its id stays.");
        foreach (var (path, name) in new[] { ("/conversations/{id}/memory", "MemoryOfConversation"), ("/internal/conversations/{id}/memory", string.Empty) })
        {
            Describe(routes.MapGet(path, GetAsync), name, isDescribed).Produces<ReferenceMemoryJson>().WithSummary("Gets the memory of a conversation.");
        }

        foreach (var (path, name) in new[] { ("/conversations/{id}/messages", "MessagesOfConversation"), ("/internal/conversations/{id}/messages_for_brain", string.Empty) })
        {
            Describe(routes.MapGet(path, MessagesAsync), name, isDescribed).Produces<ReferenceMessagesJson>().WithSummary("Gets the messages of a conversation, in order.");
        }

        foreach (var (path, name) in new[] { ("/users/{user}/memories", "MemoriesOfUser"), ("/internal/users/{user}/memories", string.Empty) })
        {
            Describe(routes.MapGet(path, ListAsync), name, isDescribed).Produces<IReadOnlyList<ReferenceMemoryJson>>().WithSummary("Gets the memories of a user's conversations.");
        }
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, bool isDescribed)
    {
        route.WithTags("Reference").Produces<InvalidInputJson>(StatusCodes.Status422UnprocessableEntity)
            .Problems(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status501NotImplemented, StatusCodes.Status503ServiceUnavailable);
        return isDescribed && name.Length > 0 ? route.WithName(name) : route.ExcludeFromDescription();
    }

    private static async Task<IResult> PostAsync(HttpContext context, MemoryTrigger trigger, PostedMemories posted, IMemoryStore store, CancellationToken cancellationToken)
    {
        var (id, data) = await PostedMemoryJson.ReadAsync(context.Request, cancellationToken);
        var memories = MemoriesOf(store);
        await FoundConversation.GetAsync(trigger.Listing, id, context.GetCaller(), cancellationToken);
        _ = await posted.StoreAsync(id, data, cancellationToken) ?? throw new ProblemException(StatusCodes.Status404NotFound, "Conversation not found");
        return Answer(await memories.GetAsync(id, cancellationToken));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, MemoryTrigger trigger, IMemoryStore store, CancellationToken cancellationToken)
    {
        var memories = MemoriesOf(store);
        return await trigger.Listing.FindAsync([id], cancellationToken) is [var found] && context.GetCaller().MaySee(found.Thread.Owner)
            ? Answer(await memories.GetAsync(id, cancellationToken))
            : Answer(null);
    }

    private static async Task<IResult> ListAsync(string user, HttpContext context, MemoryTrigger trigger, IMemoryStore store, CancellationToken cancellationToken)
    {
        var memories = MemoriesOf(store);
        var caller = context.GetCaller();
        var visible = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var conversation in trigger.Listing.ListOfUserAsync(user, cancellationToken))
        {
            if (caller.MaySee(conversation.Thread.Owner))
            {
                visible.Add(conversation.Thread.Thread);
            }
        }

        var found = await memories.ListOfUserAsync(user, cancellationToken);
        return TypedResults.Json([.. found.Where(memory => visible.Contains(memory.ConversationId)).Select(ReferenceMemoryJson.From)], ApiJson.Readable.IReadOnlyListReferenceMemoryJson);
    }

    private static async Task<IResult> MessagesAsync(string id, HttpContext context, MemoryTrigger trigger, ConversationReader reader, CancellationToken cancellationToken)
    {
        await FoundConversation.GetAsync(trigger.Listing, id, context.GetCaller(), cancellationToken);
        var conversation = await reader.FindAsync(id, cancellationToken);
        return TypedResults.Json(ReferenceMessagesJson.From(conversation?.Messages ?? []), ApiJson.Readable.ReferenceMessagesJson);
    }

    /// <summary>Answers as the backend did, down to the body where there is none.</summary>
    private static IResult Answer(ConversationMemory? memory) => memory is null
        ? TypedResults.Json(new(NoMemory), ApiJson.Readable.ReferenceDetailJson, statusCode: StatusCodes.Status404NotFound)
        : TypedResults.Json(ReferenceMemoryJson.From(memory), ApiJson.Readable.ReferenceMemoryJson);

    private static IConversationMemories MemoriesOf(IMemoryStore store) => store is IConversationMemories { KeepsConversationMemories: true } memories ? memories : throw new ProblemException(
        StatusCodes.Status501NotImplemented, "This needs the store postgres with Stores:Postgres:ConversationMemories, which keeps a memory for each conversation in a table of its own.");
}
