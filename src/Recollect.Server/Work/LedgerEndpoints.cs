using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Recollect.Conversations;
using Recollect.Ingest.Sources;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.State;
using Recollect.Work;

namespace Recollect.Server.Work;

/// <summary>Who works on which conversation, and what became of those that were on the queue.</summary>
internal static class LedgerEndpoints
{
    private const double LongestClaim = 3_600;

    public static void Map(IEndpointRouteBuilder work)
    {
        work.MapPost("/claims", ClaimAsync).WithName("WorkClaim").WithSummary("Claims conversations, so that nobody else works on them.")
            .Accepts<WorkClaimJson>("application/json").Produces<WorkClaimedJson>().WorkProblems();
        work.MapPost("/renew", RenewAsync).WithName("WorkRenew").WithSummary("Lets all claims of a holder last longer.")
            .Accepts<WorkRenewJson>("application/json").Produces<WorkRenewedJson>().WorkProblems();
        work.MapPost("/release", ReleaseAsync).WithName("WorkRelease").WithSummary("Gives claims back.")
            .Accepts<WorkReleaseJson>("application/json").Produces(StatusCodes.Status204NoContent).WorkProblems();
        work.MapPost("/finish", FinishAsync).WithName("WorkFinish").WithSummary("Notes conversations as done for the state that was read of them.")
            .Accepts<WorkLedgerJson>("application/json").Produces(StatusCodes.Status204NoContent).WorkProblems();
        work.MapPost("/postpone", PostponeAsync).WithName("WorkPostpone").WithSummary("Lets conversations that failed be sent again at a moment.")
            .Accepts<WorkLedgerJson>("application/json").Produces(StatusCodes.Status204NoContent).WorkProblems();
    }

    private static async Task<IResult> ClaimAsync(HttpContext context, MemoryTrigger trigger, IStateStore state, IOptions<SourceOptions> source, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.WorkClaimJson, cancellationToken);
        var (holder, duration) = (HolderOf(context, asked.Holder), DurationOf(asked.Seconds));
        await FindVisibleAsync(trigger.Listing, asked.Conversations, context.GetCaller(), cancellationToken);
        await state.InitializeAsync(cancellationToken);
        var claimed = await state.Claims.ClaimAsync(source.Value.Name, asked.Conversations, holder, duration, cancellationToken);
        return TypedResults.Json(new([.. claimed]), ApiJson.Readable.WorkClaimedJson);
    }

    private static async Task<IResult> RenewAsync(HttpContext context, IStateStore state, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.WorkRenewJson, cancellationToken);
        var (holder, duration) = (HolderOf(context, asked.Holder), DurationOf(asked.Seconds));
        await state.InitializeAsync(cancellationToken);
        return TypedResults.Json(new(await state.Claims.RenewAsync(holder, duration, cancellationToken)), ApiJson.Readable.WorkRenewedJson);
    }

    private static async Task<IResult> ReleaseAsync(HttpContext context, IStateStore state, IOptions<SourceOptions> source, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.WorkReleaseJson, cancellationToken);
        await state.InitializeAsync(cancellationToken);
        await state.Claims.ReleaseAsync(source.Value.Name, asked.Conversations, HolderOf(context, asked.Holder), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> FinishAsync(HttpContext context, MemoryTrigger trigger, IStateStore state, IOptions<SourceOptions> source, CancellationToken cancellationToken)
    {
        var entries = await ReadAsync(context, isDue: false, trigger.Listing, state, source.Value.Name, cancellationToken);
        await state.Queued.FinishAsync(entries, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> PostponeAsync(HttpContext context, MemoryTrigger trigger, IStateStore state, IOptions<SourceOptions> source, CancellationToken cancellationToken)
    {
        var entries = await ReadAsync(context, isDue: true, trigger.Listing, state, source.Value.Name, cancellationToken);
        await state.Queued.PostponeAsync(entries, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Reads what to note. Nothing is noted of conversations that were forgotten whole.</summary>
    private static async ValueTask<IReadOnlyCollection<QueuedConversation>> ReadAsync(
        HttpContext context, bool isDue, IConversationListing listing, IStateStore state, string source, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.WorkLedgerJson, cancellationToken);
        if (asked.Conversations.Any(one => one.DueAt.HasValue != isDue))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, isDue ? "The field due_at is missing." : "The field due_at is only for what is postponed.");
        }

        var found = await FindVisibleAsync(listing, [.. asked.Conversations.Select(one => one.Id)], context.GetCaller(), cancellationToken);
        await state.InitializeAsync(cancellationToken);
        var stones = await state.Tombstones.ListAsync(cancellationToken);
        return [.. from one in asked.Conversations
                   let listed = found.GetValueOrDefault(one.Id)
                   where listed is null || !stones.Any(stone => IsForgotten(listed, stone))
                   select Queued(source, one, listed?.Thread.Owner)];
    }

    private static bool IsForgotten(ListedConversation conversation, Tombstone stone) =>
        string.Equals(conversation.Thread.Owner.Tenant, stone.Tenant, StringComparison.Ordinal)
        && string.Equals(conversation.Thread.Owner.User, stone.User, StringComparison.Ordinal)
        && conversation.UpdatedAt <= stone.ForgottenAt;

    private static QueuedConversation Queued(string source, WorkLedgerEntryJson entry, Owner? owner) => new()
    {
        Source = source,
        Thread = entry.Id,
        Tenant = owner?.Tenant ?? Owner.DefaultTenant,
        User = owner?.User ?? Owner.DefaultUser,
        UpdatedAt = entry.UpdatedAt,
        DueAt = entry.DueAt ?? default,
    };

    /// <summary>Finds whose conversations are. Those that the source does not have may be claimed and finished too: a message named them.</summary>
    /// <exception cref="ProblemException">One is another's.</exception>
    private static async ValueTask<IReadOnlyDictionary<string, ListedConversation>> FindVisibleAsync(
        IConversationListing listing, IReadOnlyCollection<string> ids, Caller caller, CancellationToken cancellationToken)
    {
        if (ids.Any(string.IsNullOrEmpty))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The id of a conversation must not be empty.");
        }

        var found = ids.Count == 0 ? [] : await listing.FindAsync(ids, cancellationToken);
        return found.All(one => caller.MaySee(one.Thread.Owner))
            ? found.ToDictionary(one => one.Thread.Thread, StringComparer.Ordinal)
            : throw new ProblemException(StatusCodes.Status403Forbidden, "A conversation belongs to a tenant or scope that the key may not see; give the worker a key that may, or a queue of its own.");
    }

    /// <summary>Keeps the holders of one key apart from those of another.</summary>
    private static string HolderOf(HttpContext context, string holder) => string.IsNullOrWhiteSpace(holder)
        ? throw new ProblemException(StatusCodes.Status400BadRequest, "The field holder must not be empty.")
        : $"{context.GetCaller().Name}/{holder}";

    private static TimeSpan DurationOf(double seconds) => seconds is > 0 and <= LongestClaim
        ? TimeSpan.FromSeconds(seconds)
        : throw new ProblemException(StatusCodes.Status400BadRequest, $"The field seconds must be above 0 and at most {LongestClaim}.");
}
