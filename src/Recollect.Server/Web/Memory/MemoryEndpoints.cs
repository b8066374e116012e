using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Memorize.Stores;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Memory;

/// <summary>One memory, with the words that it rests on.</summary>
internal static class MemoryEndpoints
{
    public static void MapMemory(this IEndpointRouteBuilder pages) => pages.MapGet("/memories/{id}", ShowAsync);

    private static async Task<IResult> ShowAsync(string id, HttpContext context, IMemoryStore store, CancellationToken cancellationToken)
    {
        OwnerFields.Read(context, out var owner);
        if (owner is null)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The address must name the user whose memory it is.");
        }

        return await MemoriesEndpoints.FindAsync(id, owner, store, cancellationToken) is { } record
            ? Page.Of<MemoryPage, MemoryModel>(context, new(record, owner))
            : throw new ProblemException(StatusCodes.Status404NotFound, "The user has no memory of this id in the scope.");
    }
}
