using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Recollect.Erasure;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Api;

/// <summary>Forgetting users.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api) =>
        api.MapPost("/users/forget", ForgetAsync) // the user stands in the body: addresses end up in logs of proxies, and cannot hold every name
            .WithName("ForgetUser").WithSummary("Removes a user from memories, messages, indexes, journal and outbox, and answers with a receipt.")
            .WithDescription("Messages sent up to now stay forgotten, even if a later run or import reads them again. The key needs MayForget. While a run is under way nothing is forgotten (409). Forgetting again completes what could not be ended.")
            .Accepts<ForgetRequestJson>("application/json").Produces<ErasureReceipt>()
            .Problems(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ForgetAsync(HttpContext context, UserEraser eraser, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var asked = await JsonBody.ReadAsync(context.Request, ApiJson.Readable.ForgetRequestJson, cancellationToken);
        var owner = context.GetCaller().OwnerToForget(asked.User, asked.Tenant);
        var receipt = await eraser.ForgetAsync(owner.Tenant, owner.User, lifetime.ApplicationStopping); // to the end, also when nobody waits for the receipt
        return TypedResults.Json(receipt, ApiJson.Readable.ErasureReceipt);
    }
}
