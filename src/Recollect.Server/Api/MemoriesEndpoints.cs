using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Api;

/// <summary>What is stored: memories page by page, one with all that is kept of it, and the messages beside it.</summary>
internal static class MemoriesEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    private static readonly string[] OwnerFields = ["user", "scope", "tenant"];
    private static readonly string[] PageFields = [.. OwnerFields, "limit", "after"];

    public static void MapMemories(this IEndpointRouteBuilder api)
    {
        api.MapGet("/memories", ListAsync)
            .WithName("Memories").WithSummary("Lists memories page by page: those whose conversation ended last come first.")
            .WithDescription("Only what the user may see in the scope is listed. A page goes on where the one before ended, whatever was stored or removed meanwhile.")
            .Produces<MemoriesJson>().AddOpenApiOperationTransformer(ApiDescription.QueryOfAsync<MemoriesRequestJson>)
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/memories/{id}", GetAsync)
            .WithName("Memory").WithSummary("Shows a memory: facts and citations with their messages, data, and what it was made from and how.")
            .WithDescription("A memory that is not the user's in the scope is not there (404).")
            .Produces<MemoryJson>().AddOpenApiOperationTransformer(ApiDescription.QueryOfAsync<OwnerRequestJson>)
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/conversations/{id}", GetMessagesAsync)
            .WithName("Conversation").WithSummary("Shows the messages of a conversation that has a memory, in order.")
            .WithDescription("Where the text of messages is not kept, the answer is 409.")
            .Produces<StoredConversationJson>().AddOpenApiOperationTransformer(ApiDescription.QueryOfAsync<OwnerRequestJson>)
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Finds a memory by its id, if the owner may see it: what may not be seen is not told apart from what is not there.</summary>
    /// <returns>Null where there is none that it may see.</returns>
    public static async ValueTask<MemoryRecord?> FindAsync(string id, Owner owner, IMemoryStore store, CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        return await store.GetAsync([id], cancellationToken) is [var record] && record.Memory.Owner.Visibility == owner.Visibility ? record : null;
    }

    private static async Task<IResult> ListAsync(HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var fields = new QueryFields(context.Request, PageFields);
        var owner = OwnerOf(fields, context);
        var limit = fields.Number<int>("limit") ?? DefaultLimit;
        if (limit is < 1 or > MaxLimit)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The field limit must be between 1 and {MaxLimit}.");
        }

        var after = fields.Text("after") is { } cursor ? MemoryCursor.Read(cursor) : null;
        await store.InitializeAsync(cancellationToken);
        var found = await store.ListAsync(owner.Visibility, after, limit + 1, cancellationToken); // one more tells whether there is a next page
        var next = found.Count > limit ? MemoryCursor.Write(found[limit - 1].Place) : null;
        return TypedResults.Json(new([.. found.Take(limit).Select(ListedMemoryJson.From)], next), ApiJson.Readable.MemoriesJson);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, IMemoryStore store, CancellationToken cancellationToken) =>
        TypedResults.Json(MemoryJson.From(await AskedForAsync(id, context, store, cancellationToken)), ApiJson.Readable.MemoryJson);

    private static async Task<IResult> GetMessagesAsync(string id, HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        var record = await AskedForAsync(id, context, store, cancellationToken);
        return record.Messages.Count > 0
            ? TypedResults.Json(StoredConversationJson.From(record), ApiJson.Readable.StoredConversationJson)
            : throw new ProblemException(StatusCodes.Status409Conflict, "The text of the messages of this conversation is not kept (Stores:KeepText).");
    }

    private static async Task<MemoryRecord> AskedForAsync(string id, HttpContext context, IMemoryStore store, CancellationToken cancellationToken) =>
        await FindAsync(id, OwnerOf(new(context.Request, OwnerFields), context), store, cancellationToken)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "The user has no memory of this id in the scope; /api/v1/memories lists those there are.");

    private static Owner OwnerOf(QueryFields fields, HttpContext context) =>
        context.GetCaller().OwnerFor(fields.RequiredText("user"), fields.Text("tenant"), fields.Text("scope"));
}
