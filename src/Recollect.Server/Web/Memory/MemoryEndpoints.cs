using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recollect.Conversations;
using Recollect.Edits;
using Recollect.Memorize.Stores;
using Recollect.Server.Access;
using Recollect.Server.Api;
using Recollect.Server.Http;
using Recollect.Server.Web.Layout;

namespace Recollect.Server.Web.Memory;

/// <summary>One memory, with the words that it rests on.</summary>
internal static class MemoryEndpoints
{
    public static void MapMemory(this IEndpointRouteBuilder pages) => pages.MapGet("/memories/{id}", ShowAsync);

    /// <summary>Finds the memory that an address names.</summary>
    /// <exception cref="ProblemException">There is none that may be seen.</exception>
    public static async ValueTask<(MemoryRecord Record, Owner Owner)> FindAsync(string id, Owner? owner, IMemoryStore store, CancellationToken cancellationToken)
    {
        if (owner is null)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The address must name the user whose memory it is.");
        }

        return (await MemoriesEndpoints.FindAsync(id, owner, store, cancellationToken)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "The user has no memory of this id in the scope."), owner);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, IMemoryStore store, MemoryEditor editor, CancellationToken cancellationToken)
    {
        OwnerFields.Read(context, out var asked);
        var (record, owner) = await FindAsync(id, asked, store, cancellationToken);
        var caller = context.GetCaller();
        var edits = caller.MayAdminister ? await editor.ListAsync(record.Memory, cancellationToken) : [];
        return Page.Of<MemoryPage, MemoryModel>(context, new(record, owner) { Edits = edits, MayEdit = caller.MayAdminister, MayForget = caller.MayForget });
    }
}
